"""Checks on what is around the films: settings that are misspelt and therefore never read."""

from pydantic import BaseModel

from interfaces.doctor.patient import Complaint, Patient, Weight
from interfaces.settings import PREFIX, Settings


async def read(patient: Patient) -> list[Complaint]:
    """Every COUNTERSTEER_ variable is one that is read."""
    return [
        Complaint(
            about=name,
            says="there is no such setting, so it is never read",
            do="compare its spelling with docs and `countersteer models`",
            weight=Weight.OPEN,
        )
        for name in sorted(patient.environment)
        if name.upper().startswith(PREFIX) and not _known(Settings, name.upper().removeprefix(PREFIX).split("__"))
    ]


def _known(settings: type[BaseModel], path: list[str]) -> bool:
    """Whether the names lead to a field; below a mapping any name may stand."""
    field = settings.model_fields.get(path[0].lower())
    if field is None or len(path) == 1:
        return field is not None
    inner = field.annotation
    return _known(inner, path[1:]) if isinstance(inner, type) and issubclass(inner, BaseModel) else True
