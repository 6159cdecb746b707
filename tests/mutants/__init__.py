"""Bugs planted on purpose, each with the test that must catch it: a suite that stays green over them proves nothing.

One module a theme, each with its list `MUTANTS`; `docs/testing.md` has a row for each.
"""

from importlib import import_module
from pkgutil import iter_modules

from tests.mutants.mutant import Mutant

THEMES = sorted(one.name for one in iter_modules(__path__) if one.name not in ("__main__", "mutant"))
MUTANTS: list[Mutant] = [one for theme in THEMES for one in import_module(f"tests.mutants.{theme}").MUTANTS]
