"""Modules that others load at once and few articles have a use for, loaded when that use comes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

WANTED: list[str] = []
"""Modules that the command needs at its end: they are loaded while it waits for another process."""


def load_wanted() -> None:
    """Loads them."""
    while WANTED:
        import_module(WANTED.pop(0))


def modules_of(package: str) -> list[str]:
    """The modules of a package, named by its `__file__`: pkgutil, which tells them too, loads what inspects all of Python."""
    return sorted(path.stem for path in Path(package).parent.glob("*.py") if path.stem != "__init__")


class _Later(ModuleType):
    """Stands for a module until something of it is used."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Use(self.__name__, name) if sys.modules.get(self.__name__) is self else getattr(_load(self.__name__), name)


class _Use:
    """Stands for what was taken out of such a module by its name: a function, a table, or a class that is made or asked for."""

    def __init__(self, module: str, name: str):
        self._found = lambda: _take(module, name)

    def __call__(self, *values: Any, **named: Any) -> Any:
        return self._found()(*values, **named)

    def __getitem__(self, key: Any) -> Any:
        return self._found()[key]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._found(), name)

    def __mro_entries__(self, bases: tuple) -> tuple[Any]:
        """A class that another thread makes of it meanwhile is made of the true one."""
        return (self._found(),)

    def __instancecheck__(self, value: Any) -> bool:
        return isinstance(value, self._found())


def _load(name: str) -> ModuleType:
    """The module itself, whatever stands for it."""
    if isinstance(sys.modules.get(name), _Later):
        del sys.modules[name]
    return import_module(name)


def _take(module: str, name: str) -> Any:
    """What `from module import name` gives."""
    found = _load(module)
    return getattr(found, name) if hasattr(found, name) else import_module(f"{module}.{name}")


@contextmanager
def loaded_later(*names: str) -> Iterator[None]:
    """What is loaded within it has stand-ins for some modules: those of packages that are loaded also by their full names."""
    with ExitStack() as stand_ins:
        for name in names:
            if name not in sys.modules:
                stand_in = sys.modules[name] = _Later(name)
                _hold(name, stand_in)
                stand_ins.callback(_give_back, name, stand_in)
        yield


def _give_back(name: str, stand_in: _Later) -> None:
    """From here on the module is loaded by whoever wants it; what says package.module has the stand-in until then."""
    if sys.modules.get(name) is stand_in:
        del sys.modules[name]
    _hold(name, stand_in)


def _hold(name: str, stand_in: _Later) -> None:
    package, _, short = name.rpartition(".")
    if (holder := sys.modules.get(package)) and not hasattr(holder, short):
        setattr(holder, short, stand_in)
