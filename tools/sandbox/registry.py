"""Every stand-in there is: the modules of this package that hold a ``STAND_IN``. A new one is one new file."""

import importlib
import pkgutil
from collections.abc import Mapping

import tools.sandbox
from tools.sandbox.wire import StandIn


def stand_ins() -> tuple[StandIn, ...]:
    """All stand-ins, by vendor."""
    modules = (
        importlib.import_module(f"{tools.sandbox.__name__}.{found.name}")
        for found in pkgutil.iter_modules(tools.sandbox.__path__)
    )
    return tuple(
        sorted((module.STAND_IN for module in modules if hasattr(module, "STAND_IN")), key=lambda one: one.vendor)
    )


def sandbox_keys() -> Mapping[str, Mapping[str, str]]:
    """Per vendor, the credentials its stand-in takes. Fixed and public: they protect nothing and are not secret."""
    return {one.vendor: dict(one.keys) for one in stand_ins()}
