"""Which vendors are out of reach now, kept in memory: a restart asks them afresh."""

from collections.abc import Callable
from dataclasses import dataclass

from agent.troubles import Trouble

OPENS_AFTER = 4  # outages in a row; fewer are the ordinary noise of a busy API
PROBE_AFTER_S = 60.0
_OUTAGES = frozenset({Trouble.PROVIDER_TRANSIENT})


@dataclass(slots=True)
class _Line:
    failures: int = 0
    trouble: Trouble | None = None
    since_s: float = 0.0


class VendorCircuits:
    """One line per vendor: shut for good by a bad key, for a minute by an outage."""

    def __init__(self, *, now_s: Callable[[], float]) -> None:
        self._now_s = now_s
        self._lines: dict[str, _Line] = {}

    def closed(self, vendor: str) -> Trouble | None:
        """Why nothing is sent to the vendor now; ``None`` when it can be tried."""
        line = self._lines.get(vendor)
        if line is None or line.trouble is None:
            return None
        if line.trouble.closes_vendor or self._now_s() - line.since_s < PROBE_AFTER_S:
            return line.trouble
        return None

    def report(self, vendor: str, trouble: Trouble | None) -> None:
        """Note how a request went; ``None`` for well."""
        line = self._lines.setdefault(vendor, _Line())
        if trouble is None:
            self._lines[vendor] = _Line()
        elif trouble.closes_vendor:
            line.trouble, line.since_s = trouble, self._now_s()
        elif trouble in _OUTAGES:
            line.failures += 1
            if line.failures >= OPENS_AFTER:
                line.trouble, line.since_s = trouble, self._now_s()
