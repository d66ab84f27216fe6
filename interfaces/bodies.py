"""The body of a request from outside, never more of it than is wanted."""

from starlette.requests import Request


async def within(request: Request, *, most_bytes: int) -> bytes | None:
    """All of it, or ``None`` as soon as it is longer."""
    held = bytearray()
    async for piece in request.stream():
        held += piece
        if len(held) > most_bytes:
            return None
    return bytes(held)
