"""The OpenAPI document, with problem answers under the media type they really have."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from fastapi import FastAPI

from interfaces.api.errors import MEDIA_TYPE, Problem


def install(app: FastAPI) -> None:
    """Let the app hand out this document."""
    app.openapi = partial(_document, FastAPI.openapi.__get__(app))  # type: ignore[method-assign]  # as FastAPI advises


def _document(make: Any) -> dict[str, Any]:
    document: dict[str, Any] = make()  # FastAPI keeps it, so this changes what it kept, and once only
    for status, answer in _answers(document):
        if status.startswith(("4", "5")) and "content" in answer:
            (shown,) = answer["content"].values()
            if shown["schema"].get("$ref", "").endswith(f"/{Problem.__name__}"):
                answer["content"] = {MEDIA_TYPE: shown}
    return document


def _answers(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in document["paths"].values():
        for operation in path.values():
            yield from operation["responses"].items()
