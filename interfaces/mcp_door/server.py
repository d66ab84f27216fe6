"""The MCP server: which tools and resources there are, and what a language model is told before it uses them."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import MCPServerError, ResourceNotFoundError, ToolError
from mcp_types import ToolAnnotations

from agent.errors import CountersteerError
from interfaces.board.pictures import Pictures
from interfaces.export.catalogue import FORMS
from interfaces.mcp_door.directing import Directing
from interfaces.mcp_door.reading import Reading
from interfaces.mcp_door.resources import Resources
from interfaces.unfolding import stays
from interfaces.wiring import House

INSTRUCTIONS = """\
Countersteer directs AI video models: every prompt carries the film's style block and negative block, and every clip is
inspected for each negative. Say what the director wants with direct_shot, in the director's own words; it takes time
until a clip is made, so when `going` is not empty, call follow with the turn_id.
Clips cost money. A take dearer than the film's ask_above_micro_usd waits in `decisions`: show the person the question
and its price, and call decide only with their own answer. Anything marked sandbox was drawn by a stand-in and cost
nothing. Amounts are micro USD: 1000000 is one dollar.
"""

READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
WRITES = ToolAnnotations(read_only_hint=False, destructive_hint=False, open_world_hint=False)
BUYS = ToolAnnotations(read_only_hint=False, destructive_hint=True, idempotent_hint=False, open_world_hint=True)

Work = Callable[..., Awaitable[Any]]


def build(house: House, *, left: Callable[[], bool] = stays) -> MCPServer:
    """The server over an open house, whose desk and worker somebody runs; ``left`` says when it stops."""
    server = MCPServer(
        "countersteer", title="Countersteer", instructions=INSTRUCTIONS, version="1", log_level="WARNING"
    )
    directing, reading = Directing(house=house, left=left), Reading(house=house)
    for buying in (directing.direct_shot, directing.decide):
        server.add_tool(_telling(buying, ToolError), annotations=BUYS)
    for writing in (directing.new_film, directing.change_block):
        server.add_tool(_telling(writing, ToolError), annotations=WRITES)
    for look in (
        directing.follow,
        reading.films,
        reading.board,
        reading.shot,
        reading.receipt,
        reading.blocks,
        reading.ledger,
        reading.export,
    ):
        server.add_tool(_telling(look, ToolError), annotations=READS)
    _add_resources(server, Resources(studio=house.studio, pictures=Pictures(house.studio)))
    return server


def _add_resources(server: MCPServer, resources: Resources) -> None:
    for uri, name, media_type, read in (
        ("takes://{take_id}/clip", "clip", "video/mp4", resources.clip),
        ("takes://{take_id}/strip", "strip", "image/jpeg", resources.strip),
        *(
            (f"films://{{film_id}}/{form.file}", form.file, form.media_type.partition(";")[0], resources.export(form))
            for form in FORMS.values()
        ),
    ):
        server.resource(uri, name=name, mime_type=media_type)(_telling(read, ResourceNotFoundError))


def _telling(work: Work, error_type: type[MCPServerError]) -> Work:
    """The same, whose sentence about what cannot be done reaches the model; else it would read only that it failed."""

    @wraps(work)
    async def told(*args: Any, **kwargs: Any) -> Any:
        try:
            return await work(*args, **kwargs)
        except CountersteerError as error:
            raise error_type("\n".join((str(error), *getattr(error, "diff", ())))) from error

    return told
