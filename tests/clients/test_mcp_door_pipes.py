"""``countersteer mcp`` as a client starts it: a process of its own, spoken to over its pipes."""

import os
import sys
from pathlib import Path
from typing import Any

from mcp import Client, StdioServerParameters

from interfaces.settings import Settings
from interfaces.wiring import open_house
from tests.clients.house import SHOT

ROOT = Path(__file__).parents[2]
WAIT_S = 100


def command(folder: Path) -> StdioServerParameters:
    """The command line in a process of its own."""
    return StdioServerParameters(
        command=sys.executable,
        args=["-c", "from interfaces.command.main import run; run()", "mcp"],
        env={**os.environ, "COUNTERSTEER_FOLDER": str(folder), "PYTHONPATH": str(ROOT)},
    )


async def test_a_client_starts_it_directs_and_leaves_and_what_it_said_is_kept(tmp_path: Path) -> None:
    answers: list[Any] = []
    # Anything but the protocol on its pipe would end the session.
    async with Client(command(tmp_path), read_timeout_seconds=WAIT_S) as client:
        refused = await client.call_tool("board", {})
        for tool, arguments in (
            ("new_film", {"name": "Boat"}),
            ("direct_shot", {"message": f"plan only: {SHOT}", "wait_seconds": WAIT_S}),
            ("board", {}),
        ):
            answers.append((await client.call_tool(tool, arguments)).structured_content)

    made, directed, board = answers
    async with open_house(Settings(folder=tmp_path)) as house:
        said = await house.studio.store.turn(directed["turn_id"])
    assert refused.is_error
    assert "there is no film yet" in str(refused.content)
    assert made["film"] == directed["film"] == "Boat"
    assert [shot["status"] for shot in board["shots"]] == ["planned"]
    assert said.reply == directed["reply"]
