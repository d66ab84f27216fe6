"""Cases for the inspector, read from a manifest, looked at one by one, and what came of each."""

import json
import mimetypes
import resource
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
from av.error import FFmpegError
from pydantic import BaseModel, ConfigDict

from agent.findings import Evidence, Finding, Looked, Reading, Sight
from agent.jobs import Still
from agent.policy import joining
from agent.screening import Screening
from prompts import defaults, terms
from prompts.blocks import StyleBlock, Term
from prompts.prompt import Prompt
from prompts.references import Dimension, Reference
from prompts.sheet import Sheet
from tools import examining
from tools.examining import Task
from tools.eyes import Inspector


class Case(BaseModel):
    """One line of a manifest. Other keys may stand beside these.

    Attributes:
        expect: What is known to be in the clip, or not: ``"seen"`` or ``"absent"`` by term.
        fault: Name of what was done to the clip, to count by.
        noticed: Whether a viewer notices it without being told.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    clip: str
    id: str = ""
    references: tuple[str, ...] = ()
    style: str = ""
    references_ignore: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    expect: Mapping[str, Sight] = {}
    fault: str = ""
    noticed: bool = True

    @property
    def asked(self) -> tuple[str, ...]:
        """All terms to look for: those of the block, and those something is expected of."""
        return tuple(dict.fromkeys((*self.terms, *self.expect))) or defaults.negative().format

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong with the clip as far as is known."""
        return bool(self.expect) and set(self.expect.values()) == {Sight.ABSENT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the inspector found in one case.

    Attributes:
        cpu_s: Computing time of the examination, its process included.
        plain_s: Of decoding the clip and doing nothing with it.
    """

    case: Case
    looked: Looked
    findings: tuple[Finding, ...]
    cpu_s: float
    plain_s: float

    def sight(self, term: str) -> Sight:
        """Of a term that was looked for; one nobody could look for, because the file is no clip, is unsure."""
        return next((each.sight for each in self.findings if each.term == term), Sight.UNSURE)

    def readings(self, term: str) -> tuple[Reading, ...]:
        """What the checks that speak for a term measured."""
        return tuple(each for each in self.looked.readings if terms.identity(term) in each.terms)

    def as_line(self) -> str:
        """For a file of findings."""
        found = {finding.term: self._term(finding) for finding in self.findings}
        figures = {"cpu_s": round(self.cpu_s, 3), "plain_s": round(self.plain_s, 3)}
        complaint = self.looked.footage.complaint
        return json.dumps(
            {"id": self.case.id, "fault": self.case.fault, "complaint": complaint, **figures, "terms": found}
        )

    def _term(self, finding: Finding) -> dict[str, object]:
        """One term's answer, and each number behind it."""
        readings = self.readings(finding.term)
        speaking = next((each for each in readings if each.check in finding.by), readings[0] if readings else None)
        return {
            "sight": finding.sight,
            "expected": self.case.expect.get(finding.term),
            "method": finding.method,
            "by": finding.by,
            "value": speaking.value if speaking else None,
            "threshold": speaking.threshold if speaking else None,
            "frames": _frames(finding.evidence),
            "reason": finding.reason,
            "checks": {each.check: _measured(each) for each in readings},
        }


def read(manifest: Path) -> tuple[Case, ...]:
    """The cases of a manifest, in order.

    Raises:
        pydantic.ValidationError: A line is no case; the error says in what.
    """
    lines = manifest.read_text(encoding="utf-8").splitlines()
    given = [Case.model_validate_json(line) for line in lines if line.strip()]
    return tuple(case.model_copy(update={"id": case.id or case.clip}) for case in given)


async def inspect(case: Case, *, folder: Path, inspector: Inspector) -> Outcome:
    """Look at one clip as at a take that nobody ordered: its length and shape are not questioned."""
    started_s = _children_s()
    prompt = _prompt(case)
    screening = Screening(
        clip=folder / case.clip,
        prompt=prompt,
        ordered=None,
        references=tuple(_still(folder / path, label=str(at)) for at, path in enumerate(case.references)),
        sandbox=False,
    )
    looked = await inspector.look(screening)
    spent_s = _children_s() - started_s
    findings = joining.join(prompt.terms, looked) if not looked.footage.complaint else ()
    return Outcome(case=case, looked=looked, findings=findings, cpu_s=spent_s, plain_s=decoding_s(folder / case.clip))


def decoding_s(clip: Path) -> float:
    """Computing time of decoding a clip with one thread and nothing else; 0 where it does not decode."""
    started_s = time.process_time()
    try:
        with av.open(str(clip)) as container:
            stream = container.streams.video[0]
            stream.codec_context.thread_count = 1
            for _ in container.decode(stream):
                pass
    except (FFmpegError, IndexError, OSError):
        return 0.0
    return time.process_time() - started_s


def held_mib(task: Task) -> float:
    """The most memory that the process held which this runs in, after an examination; Linux only.

    Asked of the kernel's own high-water mark: what a parent held before it started a process would count otherwise.
    """
    examining.examine(task)
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return round(next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024, 1)


def _prompt(case: Case) -> Prompt:
    style = StyleBlock(text=case.style, version=1) if case.style.strip() else defaults.style()
    ignored = tuple(Dimension(name) for name in case.references_ignore)
    return Prompt(
        sheet=Sheet(action="a take whose shot is not known"),
        style=style,
        terms=tuple(Term(text=text, layer=terms.layer(text)) for text in case.asked),
        negative_version=1,
        references=tuple(
            Reference(id=Path(path).name, label=str(at), ignore=ignored) for at, path in enumerate(case.references)
        ),
    )


def _still(path: Path, *, label: str) -> Still:
    """A reference as it lies there; one that is missing is as unreadable as a torn one, and said to be."""
    data = path.read_bytes() if path.exists() else b""
    return Still(label=label, data=data, media_type=mimetypes.guess_type(path.name)[0] or "image/png")


def _children_s() -> float:
    """Computing time of all processes that this one has waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _measured(reading: Reading) -> dict[str, object]:
    return {
        "sight": reading.sight,
        "value": reading.value,
        "guard": reading.guard,
        "threshold": reading.threshold,
    }


def _frames(evidence: Sequence[Evidence]) -> list[int]:
    return sorted({each.frame for each in evidence})
