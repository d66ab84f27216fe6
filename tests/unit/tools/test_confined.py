import os
import signal
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import anyio
import anyio.to_thread
import pytest

from tools import confined
from tools.confined import Bounds, BrokenOffError


def _twice(number: int) -> int:
    print("a library that talks")
    return 2 * number


def _names_of_the_environment() -> list[str]:
    return list(os.environ)


def _crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def _leave() -> None:
    sys.exit(3)


def _break() -> None:
    raise ZeroDivisionError("nothing there")


def _swallow() -> int:
    return len(bytes(512 << 20))


def _size(content: bytes) -> int:
    return len(content)


class _Deed:
    """Makes a folder wherever it is unpickled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[Callable[[Path], None], tuple[Path]]:
        return os.mkdir, (self.folder,)


def _come_back_as_a_deed(folder: Path) -> object:
    return _Deed(folder)


def _answer_with_noise() -> None:
    for number in range(3, 10):  # wherever the answer goes
        with suppress(OSError):
            os.write(number, b"\x80\x05garbage")
    os._exit(0)


def _never_end() -> None:
    while True:
        pass


def _tell_and_never_end(fifo: Path) -> None:
    fifo.write_text(str(os.getpid()))
    _never_end()


def _tell_and_hold_open(fifo: Path) -> None:
    with fifo.open("w") as told:
        told.write(f"{os.getpid()}\n")
        told.flush()
        _never_end()


def ask_and_wait(fifo: str) -> None:
    """What the process does that is killed while it waits for an answer."""

    async def ask() -> None:
        await confined.run(_tell_and_hold_open, Path(fifo), bounds=Bounds())

    anyio.run(ask)


async def test_work_gives_its_answer_whatever_it_prints() -> None:
    assert await confined.run(_twice, 21, bounds=Bounds()) == 42


async def test_no_key_of_ours_lies_in_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXAMPLE_API_KEY", "secret")

    assert "EXAMPLE_API_KEY" not in await confined.run(_names_of_the_environment, bounds=Bounds())


@pytest.mark.parametrize(
    ("work", "bounds", "said"),
    [
        (_crash, Bounds(), "crashed (SIGSEGV)"),
        (_leave, Bounds(), "code 3"),
        (_break, Bounds(), "ZeroDivisionError: nothing there"),
        (_swallow, Bounds(data_mib=256), "more memory than it may have"),
        (_never_end, Bounds(cpu_s=1), "more computing time than the 1 s"),
        (_never_end, Bounds(wall_s=0.5), "no answer within 0.5 s"),
    ],
    ids=["crash", "exit", "error", "memory", "cpu", "wall"],
)
async def test_work_without_an_answer_says_why(work: Callable[[], object], bounds: Bounds, said: str) -> None:
    with pytest.raises(BrokenOffError) as caught:
        await confined.run(work, bounds=bounds)

    assert said in str(caught.value)


async def test_an_answer_that_would_do_something_when_it_is_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenOffError, match="mkdir, which is no value of ours"):
        await confined.run(_come_back_as_a_deed, tmp_path / "made", bounds=Bounds())

    assert not (tmp_path / "made").exists()


async def test_an_answer_that_is_no_answer_is_told() -> None:
    with pytest.raises(BrokenOffError, match="cannot be read"):
        await confined.run(_answer_with_noise, bounds=Bounds())


async def test_a_process_that_dies_before_it_has_read_its_job_is_told_like_any_other() -> None:
    with pytest.raises(BrokenOffError):
        await confined.run(_size, bytes(8 << 20), bounds=Bounds(data_mib=1))


async def test_cancelled_work_leaves_no_process_and_no_file_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    fifo = tmp_path / "process"
    os.mkfifo(fifo)

    async def work() -> None:
        await confined.run(_tell_and_never_end, fifo, bounds=Bounds(wall_s=20))

    process = ""
    async with anyio.create_task_group() as group:
        group.start_soon(work)
        process = await anyio.to_thread.run_sync(fifo.read_text)
        group.cancel_scope.cancel()

    with pytest.raises(ProcessLookupError):
        os.kill(int(process), 0)
    assert os.listdir(tmp_path) == ["process"]


async def test_work_ends_when_the_one_that_asked_is_killed(tmp_path: Path) -> None:
    fifo = tmp_path / "process"
    os.mkfifo(fifo)
    asking = f"from tests.unit.tools import test_confined; test_confined.ask_and_wait({str(fifo)!r})"

    async with await anyio.open_process([sys.executable, "-c", asking], stderr=None) as asker:
        async with await anyio.open_file(fifo) as told:
            process = int(await told.readline())
            asker.kill()
            with anyio.fail_after(60):
                rest = await told.read()  # ends with the last process that could write
        await asker.wait()

    assert (process != asker.pid, rest) == (True, "")
