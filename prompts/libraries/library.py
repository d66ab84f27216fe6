"""A foreign style library as a value: its presets as they were written, and what of it could not be read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from prompts.errors import BadSheetError

HOLE = "{prompt}"
"""Where these libraries put the words of a picture into a style."""

MOST_PRESETS = 5_000
MOST_COMPLAINTS = 1_000
"""A file with more of either is no library of styles that a person keeps."""


class Form(StrEnum):
    """The forms that libraries are kept in."""

    A1111 = "A1111 styles.csv"
    SDXL = "SDXL styler JSON"
    INVOKE = "InvokeAI presets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """One style of a library, unchanged.

    Attributes:
        line: Where it begins in the file, 1 and up; no part of what it says.
        extras: Its other fields, kept for writing it back.
    """

    name: str
    positive: str
    negative: str
    line: int = field(default=0, compare=False)
    extras: Mapping[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What could not be read, and where."""

    line: int
    what: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """What a file held."""

    form: Form
    presets: tuple[Preset, ...]
    complaints: tuple[Complaint, ...] = ()

    def preset(self, name: str) -> Preset:
        """The first preset of that name, however its case is written.

        Raises:
            BadSheetError: There is none.
        """
        found = self.named(name)
        if not found:
            near = [each.name for each in self.presets if name.strip().casefold() in each.name.casefold()][:5]
            hint = f"; did you mean {', '.join(near)}" if near else ""
            raise BadSheetError(
                f"the library has no style {name!r}{hint}; see them with: countersteer styles list FILE"
            )
        return found[0]

    def named(self, name: str) -> tuple[Preset, ...]:
        """All presets of that name, however its case is written."""
        return tuple(each for each in self.presets if each.name.casefold() == name.strip().casefold())


def gathered(form: Form, found: Iterable[Preset | Complaint]) -> Library:
    """The presets and complaints of a file in their order; after `MOST_COMPLAINTS` the rest is not read."""
    presets: list[Preset] = []
    complaints: list[Complaint] = []
    for each in found:
        if isinstance(each, Preset):
            presets.append(each)
        else:
            complaints.append(each)
        if len(complaints) == MOST_COMPLAINTS or len(presets) > MOST_PRESETS:
            complaints.append(
                Complaint(line=each.line, what="this is as far as the file was read; what follows was not")
            )
            break
    return Library(form=form, presets=tuple(presets[:MOST_PRESETS]), complaints=tuple(complaints))
