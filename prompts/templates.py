"""The texts a language model reads, one Markdown file each in `prompts/templates/`, with ``$name`` holes."""

import hashlib
from functools import cache
from importlib import resources
from string import Template

from prompts.errors import PromptError


def fill(name: str, **values: str) -> str:
    """The template with every hole filled. What fills a hole is not searched for holes again.

    Raises:
        PromptError: There is no such template, a hole is left open, or a value has no hole.
    """
    open_holes, strangers = holes(name) - values.keys(), values.keys() - holes(name)
    if open_holes or strangers:
        told = [f"{hole} is missing" for hole in sorted(open_holes)] + [
            f"{name} has no hole" for name in sorted(strangers)
        ]
        raise PromptError(f"template {name!r} cannot be filled: {', '.join(told)}")
    return Template(_text(name)).substitute(values)


def holes(name: str) -> frozenset[str]:
    """The names a template asks for."""
    return frozenset(Template(_text(name)).get_identifiers())


def names() -> tuple[str, ...]:
    """Every template there is."""
    files = (resources.files("prompts") / "templates").iterdir()
    return tuple(sorted(file.name.removesuffix(".md") for file in files if file.name.endswith(".md")))


def digest(name: str) -> str:
    """SHA-256 of a template's text, kept with what was made with it."""
    return hashlib.sha256(_text(name).encode()).hexdigest()


@cache
def _text(name: str) -> str:
    if name not in names():
        raise PromptError(f"no template {name!r}; there is {', '.join(names())}")
    return (resources.files("prompts") / "templates" / f"{name}.md").read_text(encoding="utf-8")
