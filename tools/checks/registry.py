"""All checks there are: every module beside this one that says `CHECK`."""

import importlib
import pkgutil

from tools import checks
from tools.viewing import Check


def discover() -> tuple[Check, ...]:
    """Every check of the package, by name. A new file with a `CHECK` is found without naming it anywhere.

    Raises:
        TypeError: A module's `CHECK` is missing or no check, or two have one name.
    """
    names = sorted(module.name for module in pkgutil.iter_modules(checks.__path__) if module.name != "registry")
    found = tuple(_check(f"{checks.__name__}.{name}") for name in names)
    doubled = {check.name for check in found if sum(other.name == check.name for other in found) > 1}
    if doubled:
        raise TypeError(f"two checks are called {', '.join(sorted(doubled))}; rename one")
    return found


def _check(module: str) -> Check:
    found = getattr(importlib.import_module(module), "CHECK", None)
    if not isinstance(found, Check):
        raise TypeError(f"{module} has no CHECK of type Check; give it one or move it out of tools/checks")
    return found
