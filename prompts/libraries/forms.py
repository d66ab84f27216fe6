"""Which form a library is in: read and written by the module of that form."""

from prompts.libraries import objects, sheets
from prompts.libraries.library import Form, Library


def read(text: str) -> Library:
    """The library of a file's text; JSON begins with a bracket or a brace, and everything else is read as a table."""
    body = text.removeprefix("\ufeff")
    return objects.read(body) if body.lstrip()[:1] in ("[", "{") else sheets.read(body)


def write(library: Library) -> str:
    """The library in its own form again."""
    return sheets.write(library) if library.form is Form.A1111 else objects.write(library)
