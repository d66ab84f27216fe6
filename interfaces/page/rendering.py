"""Templates into HTML, with every text in it escaped."""

from collections.abc import Callable, Mapping
from functools import cache

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from agent.money import usd
from agent.spans import lasting
from interfaces.page import looks, static_files

FILTERS: Mapping[str, Callable[..., object]] = {
    "usd": usd,
    "lasting": lasting,
    "look": looks.look,
    "static": static_files.address,
    "sight_class": looks.sight_class,
    "sight_word": looks.sight_word,
    "verdict_class": looks.verdict_class,
}
"""What a template may do to a value besides what Jinja offers."""

NOT_KEPT = {"cache-control": "no-store"}
"""A page is made of what is stored; one kept by the browser would show an older film after *back*."""


def html(template: str, **values: object) -> str:
    """The template with the values in its holes.

    Raises:
        UndefinedError: A hole has no value.
    """
    return _environment().get_template(template).render(**values)


def answer(template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """The template as an answer to a browser."""
    return HTMLResponse(html(template, **values), status_code=status, headers=NOT_KEPT)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("interfaces.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name, shown in FILTERS.items():
        environment.filters[name] = shown
    return environment
