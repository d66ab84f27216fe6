"""A served house that a test can stop and start again at the same address."""

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import httpx

STARTS_WITHIN_S, STOPS_WITHIN_S = 90, 30


@dataclass
class Server:
    """One process; its films are in its folder, whichever process serves them."""

    folder: Path
    port: int
    process: "subprocess.Popen[str] | None" = field(default=None)

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What it complains about."""
        return self.folder / "complaints.log"

    def start(self) -> None:
        """Serve, and wait until it says so."""
        command = [sys.executable, "-m", "tests.browser.serving", str(self.folder), str(self.port)]
        with self.log.open("a", encoding="utf-8") as log:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        assert "Countersteer on" in said, said + self.log.read_text(encoding="utf-8")

    def stop(self) -> None:
        """End it as a person would, and wait until it is gone."""
        if self.process is not None:
            self.process.terminate()
            self.process.communicate(timeout=STOPS_WITHIN_S)
            self.process = None

    def new_film(self, name: str) -> str:
        """Make a film; the address of its page."""
        with httpx.Client(base_url=self.address, timeout=STARTS_WITHIN_S) as client:
            made = client.post("/api/films", json={"name": name})
            made.raise_for_status()
            return f"{self.address}/films/{made.json()['id']}"
