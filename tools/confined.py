"""Work in a process of its own, under limits: what crashes, swallows memory or never ends takes nobody with it.

Run as ``python -m tools.confined`` it is that process: it reads one job from its input, writes the answer, and ends.
"""

import io
import os
import pickle
import resource
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, is_dataclass
from enum import Enum
from typing import Any, BinaryIO, TypeVar, TypeVarTuple

import anyio

from agent.errors import CountersteerError

Arguments = TypeVarTuple("Arguments")
Answer = TypeVar("Answer")

ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
"""Several clips are inspected at once, each in a process: more threads would only wait for each other."""

KEPT_PAGES = {name: str(256 << 20) for name in ("MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_")}
"""For glibc: what is let go of stays with the process, which ends soon. Fresh pages for each picture cost as much
computing time as the arithmetic on it."""

WATCHED_EVERY_S = 0.5

OUR_ROOMS = frozenset({"agent", "prompts", "tools"})

_KILLED = {
    signal.SIGXCPU: "took more computing time than the {bounds.cpu_s} s it may",
    signal.SIGKILL: "was ended from outside, perhaps for want of memory",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What one job may use.

    Attributes:
        data_mib: Memory it asks for. A job in the middle of the usual needs a tenth of it; text models most of it.
        wall_s: Until it is given up, whatever it waits for.
    """

    cpu_s: int = 400
    data_mib: int = 2048
    wall_s: float = 1200.0


class BrokenOffError(CountersteerError):
    """A job ended without an answer: it crashed, broke, or reached a limit."""


async def run(work: Callable[[*Arguments], Answer], *args: *Arguments, bounds: Bounds) -> Answer:
    """What the work gives for the arguments. Cancelled, its process is killed.

    ``work`` is a function of a module, and it and the arguments can be pickled.

    Raises:
        BrokenOffError: It gave no answer; the message says what happened.
    """
    try:
        with _written(bounds, (work, args)) as job, anyio.fail_after(bounds.wall_s):
            ended = await anyio.run_process(
                [sys.executable, "-m", __name__],
                stdin=job,
                stderr=None,
                check=False,
                env={
                    "PYTHONPATH": os.pathsep.join(sys.path),
                    **ONE_THREAD,
                    **KEPT_PAGES,
                },  # no key of ours lies in its environment
            )
    except TimeoutError as error:
        raise BrokenOffError(f"it gave no answer within {bounds.wall_s:g} s") from error
    if ended.returncode:
        raise BrokenOffError(_cause(ended.returncode, bounds=bounds))
    answered, value = _read(ended.stdout)
    if not answered:
        raise BrokenOffError(value)
    answer: Answer = value
    return answer


def _read(answer: bytes) -> tuple[bool, Any]:
    """What comes back from the process. A file may have taken it over, so nothing but values is built from it."""
    try:
        answered, value = _Values(io.BytesIO(answer)).load()
    except (pickle.UnpicklingError, EOFError, AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise BrokenOffError(f"its answer cannot be read ({type(error).__name__})") from error
    return answered, value


class _Values(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> object:
        """One of our own values or enums, by its own name; no function, and nothing that a value could not hold."""
        if module.partition(".")[0] in OUR_ROOMS and "." not in name and module in sys.modules:
            found = getattr(sys.modules[module], name, None)
            if isinstance(found, type) and found.__module__ == module and _is_value(found):
                return found
        raise BrokenOffError(f"its answer holds {module}.{name}, which is no value of ours; nothing of it was used")


def _is_value(found: type) -> bool:
    return is_dataclass(found) or issubclass(found, Enum)


@contextmanager
def _written(*parts: object) -> Generator[BinaryIO]:
    """The job in a file without a name: a process that dies before it has read all cannot break the one that asks."""
    with tempfile.TemporaryFile() as file:
        for part in parts:
            pickle.dump(part, file)
        file.seek(0)
        yield file


def _cause(code: int, *, bounds: Bounds) -> str:
    """What a return code says; a negative one is the signal that ended the process."""
    if code > 0:
        return f"its process ended with code {code}"
    ended_by = signal.Signals(-code)
    known = _KILLED.get(ended_by)
    return f"it {known.format(bounds=bounds)}" if known else f"its process crashed ({ended_by.name})"


def _serve() -> None:
    """Do the one job on the input. What a library prints goes to the log, not between the bytes of the answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the asker, who ends this process as it sees fit
    _end_with(os.getppid())
    bounds: Bounds = pickle.load(sys.stdin.buffer)
    _limit(bounds)
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        pickle.dump(_done(), out)


def _done() -> tuple[bool, object]:
    """The answer, or why there is none."""
    try:
        work, args = pickle.load(sys.stdin.buffer)
        return True, work(*args)
    except MemoryError:
        return False, "it asked for more memory than it may have"
    except Exception as error:  # the outermost of this process: told to the one that asked
        return False, f"it broke ({type(error).__name__}: {str(error)[:160]})"


def _end_with(asker: int) -> None:
    """End when the process that asked has ended, however it did: nobody would read the answer."""

    def watch() -> None:
        while os.getppid() == asker:
            time.sleep(WATCHED_EVERY_S)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _limit(bounds: Bounds) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (bounds.cpu_s, bounds.cpu_s + 5))
    resource.setrlimit(resource.RLIMIT_DATA, (bounds.data_mib << 20, bounds.data_mib << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _serve()
