"""Every vendor there is: each module of this package that declares a ``VENDOR``. A new vendor edits nothing here."""

import importlib
import pkgutil

from agent.errors import NotFoundError
from tools import video
from tools.video.vendor import Vendor


def vendors() -> tuple[Vendor, ...]:
    """All vendors, by name."""
    names = (f"{video.__name__}.{module.name}" for module in pkgutil.iter_modules(video.__path__))
    declared = (getattr(importlib.import_module(name), "VENDOR", None) for name in names)
    return tuple(sorted((vendor for vendor in declared if vendor is not None), key=lambda vendor: vendor.name))


def vendor(name: str) -> Vendor:
    """The vendor of that name.

    Raises:
        NotFoundError: There is none.
    """
    known = {vendor.name: vendor for vendor in vendors()}
    if name not in known:
        raise NotFoundError(what="vendor", name=name, known=known)
    return known[name]
