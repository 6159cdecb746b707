"""The CEL extension module, without the command line that its package drags in.

`import cel` runs `cel/__init__.py`, which imports typer, rich and prompt_toolkit (0.7 s and 20 MB that a site never
needs). The compiled module beside it needs none of them, so it is loaded by its file.
"""

import importlib.util
from collections.abc import Callable, Mapping
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader
from pathlib import Path
from typing import Any, Protocol, cast


class Program(Protocol):
    """A compiled expression."""

    def execute(self, context: object) -> Any:
        """Return the value; TypeError, ValueError, KeyError, IndexError or RuntimeError when it cannot be had."""

    def references(self) -> dict[str, list[str]]:
        """Return the names of the variables and functions that the expression uses."""


class Engine(Protocol):
    """What the extension module offers."""

    def compile(self, expression: str) -> Program:
        """Return the compiled expression; ValueError when it cannot be read."""

    def Context(self, variables: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]]) -> object:  # noqa: N802
        """Return what an expression is evaluated in."""


def load_engine() -> Engine:
    """Return the extension module.

    Raises:
        ImportError: the package common-expression-language is not installed, or its module is not where it should be.
    """
    package = importlib.util.find_spec("cel")
    folders = [Path(folder) for folder in (package.submodule_search_locations or ())] if package else []
    for folder in folders:
        for suffix in EXTENSION_SUFFIXES:
            file = folder / f"cel{suffix}"
            if file.exists():
                # the module's name must stay "cel": its init function is PyInit_cel
                spec = importlib.util.spec_from_file_location("cel", file, loader=ExtensionFileLoader("cel", str(file)))
                assert spec is not None and spec.loader is not None
                module = importlib.util.module_from_spec(spec)
                spec.loader.exec_module(module)
                return cast(Engine, module)
    raise ImportError("the compiled module of common-expression-language was not found")
