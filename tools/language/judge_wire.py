"""The form a vision judge answers in: what it saw of each thing, before what it makes of it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from tools.language.schemas import Schema, schema_of

Seen = Literal["present", "absent", "cannot_tell"]
"""A judge's word on one thing."""


class WireResult(BaseModel):
    """One thing. The observation comes first, so that the verdict follows from it.

    Attributes:
        count: Of people, where the thing is about their number.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    term: str
    observation: str
    count: int | None
    verdict: Seen
    frames: list[int]
    cell: Literal["A1", "A2", "A3", "B1", "B2", "B3", "C1", "C2", "C3"] | None

    @property
    def box(self) -> tuple[float, float, float, float] | None:
        """The cell as left, top, width, height in shares of the picture."""
        if self.cell is None:
            return None
        return ("123".index(self.cell[1]) / 3, "ABC".index(self.cell[0]) / 3, 1 / 3, 1 / 3)


class WireResults(BaseModel):
    """The whole answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    results: list[WireResult]


def schema_for(terms: tuple[str, ...]) -> Schema:
    """The schema of an answer about exactly these things, in one piece: small servers follow no references."""
    schema = schema_of(WireResults)
    result = schema.pop("$defs")["WireResult"]
    result["properties"]["term"]["enum"] = list(terms)
    schema["properties"]["results"]["items"] = result
    return schema
