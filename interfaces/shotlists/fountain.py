"""A Fountain screenplay into rows: its camera lines are the shots, what follows each belongs to it.

Fountain (https://fountain.io/syntax, read 2026-11-21) has no element for shots; writers put them in capitals as action,
or before a colon or a dash ("CLOSE ON:", "WIDE - the yard").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from agent.reading.tables import framing
from agent.reading.tables.cells import Grid, Row, spelled
from agent.reading.tables.meanings import rows
from interfaces.shotlists.opening import refuse_rows

HEAD = Row(where="the top", cells=("Shot", "Scene", "Location", "Shot size", "Action", "Dialogue"))
_BONEYARD = re.compile(r"/\*.*?\*/|\[\[.*?\]\]", re.DOTALL)
_SCENE = re.compile(r"\s*(?:(?:INT|EXT|EST|I/E)[./ ]|\.(?=[^\s.])).*", re.IGNORECASE)
_SCENE_NUMBER = re.compile(r"\s*#([^#]+)#\s*$")
_TRANSITION = re.compile(
    r"\s*(?:>.*|[A-Z ]+ TO:|FADE (?:IN|OUT)\W*|CUT TO BLACK\W*|(?:RETURN|BACK) TO (?:SCENE|PRESENT)\W*"
    r"|(?:BEGIN|END)(?: OF)? (?:MONTAGE|INTERCUT|FLASHBACK)\W*)\s*"
)
_CUE = re.compile(r"\s*(?:@.+|[^a-z]*[A-Z][^a-z]*)(?:\([^)]*\))?\s*\^?")
_LEAD = re.compile(r"\s*!?(?P<lead>[^:\n]{2,60}?)\s*(?::|--+|\s[-–—]\s)\s*(?P<rest>.*)")
LONGEST_LEAD = 5  # words of "SLOW DOLLY IN ON"


@dataclass(slots=True)
class _Shot:
    where: str
    number: int
    scene: str
    place: str
    camera: str
    action: list[str] = field(default_factory=list[str])
    dialogue: list[str] = field(default_factory=list[str])

    def row(self) -> Row:
        lead = self.camera.removesuffix(" ON").removesuffix(" OF")
        camera = lead if framing.speaks_of_camera(lead) else ""  # "ANGLE ON" opens a shot, and no more
        cells = (str(self.number), self.scene, self.place, camera, _told(self.action), " ".join(self.dialogue))
        return Row(where=self.where, cells=cells)


@dataclass(slots=True)
class _Page:
    """A screenplay while its lines are gone through; ``shot`` is the one that further lines belong to."""

    scene: str = ""
    place: str = ""
    speaking: bool = False
    shot: _Shot | None = None
    shots: list[_Shot] = field(default_factory=list[_Shot])


def read(text: str) -> Grid:
    """A row per camera line, under the scene it stands in; lines before the first camera line belong to no shot."""
    page = _Page()
    lines = _BONEYARD.sub(lambda found: "\n" * found.group().count("\n"), text).splitlines()
    for at, line in enumerate(lines):
        if not line.strip():
            page.speaking = False
        elif _SCENE.fullmatch(line):
            _enter(line, page)
        elif not (_TRANSITION.fullmatch(line) or line.lstrip().startswith(("#", "="))):
            _read_line(line.strip(), page, at=at, alone=_stands_alone(lines, at))
        refuse_rows(len(page.shots))
    return Grid(rows=(HEAD, *(shot.row() for shot in page.shots)))


def _read_line(line: str, page: _Page, *, at: int, alone: bool) -> None:
    camera = None if page.speaking else _camera(line, alone=alone)
    if camera is not None:
        page.shot = _Shot(f"line {at + 1}", len(page.shots) + 1, page.scene, page.place, camera[0])
        page.shot.action += filter(None, (camera[1],))
        page.shots.append(page.shot)
    elif alone and not page.speaking and _CUE.fullmatch(line):
        page.speaking = True
    elif page.shot is not None:
        _add(line, page.shot, speaking=page.speaking)


def _enter(line: str, page: _Page) -> None:
    """A scene by its number where it has one, else by its heading; its shots begin with its first camera line."""
    number = _SCENE_NUMBER.search(line)
    page.place = _SCENE_NUMBER.sub("", line).strip().removeprefix(".").strip()
    page.scene = number.group(1).strip() if number else page.place
    page.shot, page.speaking = None, False


def _stands_alone(lines: Sequence[str], at: int) -> bool:
    """Whether a line stands where a name does: nothing above it, words right below it."""
    above = lines[at - 1].strip() if at else ""
    below = lines[at + 1].strip() if at + 1 < len(lines) else ""
    return not above and bool(below)


def _camera(line: str, *, alone: bool) -> tuple[str, str] | None:
    """The camera of a line and what it shows; ``None`` for any other line."""
    led = _LEAD.fullmatch(line)
    if led and _leads(led.group("lead")):
        return led.group("lead"), led.group("rest").strip()
    if line.isupper() and spelled(line).endswith(tuple(rows("eyes"))) and not led:
        return line.removeprefix("!"), ""
    words = line.removeprefix("!").split()
    if alone:  # a name may stand here, so that every word before a comma has to speak of the camera
        lead, _, rest = " ".join(words).partition(",")
        return (lead, rest.strip()) if line.isupper() and framing.is_only_camera(lead) else None
    return _opening(words)


def _leads(lead: str) -> bool:
    """Whether what stands before a colon or a dash is the camera: all of it, or a part of it in capitals."""
    return framing.is_only_camera(lead) or (lead.isupper() and (_begins(lead) or framing.speaks_of_camera(lead)))


def _opening(words: Sequence[str]) -> tuple[str, str] | None:
    """Camera words in capitals that a line opens with, and the rest of it."""
    for count in range(min(LONGEST_LEAD, len(words)), 0, -1):
        lead, rest = " ".join(words[:count]), words[count:]
        if lead.isupper() and (
            spelled(lead) in rows("cameras") or (_counts(rest, count) and framing.is_only_camera(lead))
        ):
            return lead, " ".join(rest).strip(" :.-–—")
    return None


def _counts(rest: Sequence[str], count: int) -> bool:
    """One camera word alone may be any word ("CLOSE the door"), unless nothing or "on" follows."""
    return count > 1 or not rest or rest[0].lower() in ("on", "of", "as", "with", "through")


def _begins(lead: str) -> bool:
    words = spelled(lead)
    return any(words == known or words.startswith(f"{known} ") for known in rows("cameras"))


def _told(lines: Sequence[str]) -> str:
    """The lines of a shot as sentences: one in capitals names what is seen, and the next begins anew."""
    told = ""
    for line in lines:
        ends = not told or told[-1] in ".!?,;:" or not line[:1].isupper()
        told = f"{told}{'' if ends else '.'} {line}"
    return told.strip()


def _add(text: str, shot: _Shot, *, speaking: bool) -> None:
    if not speaking:
        shot.action.append(text.removeprefix("!"))
    elif not text.startswith("("):
        shot.dialogue.append(text)
