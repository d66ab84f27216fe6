"""Values to rows and back: plain JSON out of the frozen values, and validated values out of what is stored."""

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from agent.errors import StoreError

T = TypeVar("T")


def dump(value: object) -> dict[str, Any]:
    """The fields of a value as JSON values: enums as text, tuples as lists, values inside as objects."""
    fields: dict[str, Any] = _adapter(type(value)).dump_python(value, mode="json", warnings="error")  # type: ignore[arg-type]  # a class is hashable
    return fields


def load(kind: type[T], fields: Mapping[str, Any]) -> T:
    """The value with those fields.

    Raises:
        StoreError: What is stored is not such a value; it was changed by something else.
    """
    try:
        value: T = _adapter(kind).validate_python(dict(fields), extra="forbid")  # type: ignore[arg-type]  # as above
    except ValidationError as error:
        raise _unreadable(kind, error) from error
    return value


def load_text(kind: type[T], text: str) -> T:
    """The value that is written as JSON there.

    Raises:
        StoreError: It is no such value.
    """
    try:
        value: T = _adapter(kind).validate_json(text, extra="forbid")  # type: ignore[arg-type]  # as above
    except ValidationError as error:
        raise _unreadable(kind, error) from error
    return value


def _unreadable(kind: type[Any], error: ValidationError) -> StoreError:
    where = "; ".join(f"{'.'.join(map(str, part['loc']))}: {part['msg']}" for part in error.errors()[:3])
    name = getattr(kind, "__name__", str(kind)).lower()
    return StoreError(
        f"a stored {name} cannot be read ({where}); the row was changed from outside; "
        "it was left as it is; put a backup in place"
    )


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
