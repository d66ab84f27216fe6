"""Work that outlasts its database: what the rows cannot take now is tried again until they can."""

from collections.abc import Awaitable, Callable

from agent.errors import OutdatedError, StoreError

FIRST_S, LONGEST_S = 1.0, 30.0


async def lasting(
    work: Callable[[], Awaitable[None]], *, tell: Callable[[str], None], sleep: Callable[[float], Awaitable[None]]
) -> None:
    """Do it, and again after each time the store failed, with longer and longer waits.

    Raises:
        OutdatedError: Trying again is of no use: a newer program has changed the tables.
    """
    wait_s = FIRST_S
    while True:
        failed: StoreError | None = None
        try:
            await work()
        except* StoreError as group:
            failed = _first(group)
        if failed is None:
            return
        tell(f"{failed}. This is tried again in {wait_s:g} s; nothing is lost.")
        await sleep(wait_s)
        wait_s = min(wait_s * 2, LONGEST_S)


def _first(group: BaseExceptionGroup[StoreError]) -> StoreError:
    outdated, _ = group.split(OutdatedError)
    error: BaseException = outdated or group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    if outdated:
        raise error
    assert isinstance(error, StoreError)
    return error
