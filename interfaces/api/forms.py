"""What a caller may send, checked at the door."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class Form(BaseModel):
    """What every form has in common: nothing in it changes, and nothing else may stand in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class NewFilm(Form):
    """A film that does not exist yet."""

    name: Name = Field(description="What it is called; no other film may have the name.")
