"""The rooms of the house import only what lies below them; a service point stands without the conversation."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.house.tree import ROOT

CONTRACTS = {
    "edge-layers", "sync-layers", "edge-alone", "protocol-small", "agent-small", "hub-small", "pure", "time-and-chance",
    "sql-rooms", "no-circles",
}  # fmt: skip
IMPORT_ALL = """
import importlib, pkgutil, sys
import edge
for module in pkgutil.walk_packages(edge.__path__, "edge."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
strangers = sorted(name for name in sys.modules if name == "sync" or name.startswith("sync."))
sys.exit(f"imported: {strangers}" if strangers else 0)
"""


def lint_imports(config: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter over the packages in the folder."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo", "--config", str(config)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)


def copy_of_the_packages(folder: Path, *packages: str) -> Path:
    """Copy the packages into the folder, without what Python left behind; return the folder."""
    for package in packages:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_every_import_contract_is_kept() -> None:
    outcome = lint_imports(ROOT / "pyproject.toml", ROOT)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_no_contract_was_taken_away() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    assert {contract["id"] for contract in settings["contracts"]} >= CONTRACTS


def test_an_import_upwards_is_caught(tmp_path: Path) -> None:
    copy_of_the_packages(tmp_path, "edge", "sync")
    planted = {
        "edge/ground/planted.py": "import edge.domain\n",
        "edge/domain/planted.py": "import time\nimport sqlite3\n",
        "edge/desk/planted.py": "import sync.protocol\n",
        "sync/agent/planted.py": "import sync.hub\n",
        "edge/new_room/__init__.py": "",
    }
    for name, source in planted.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(source, "utf-8")
    outcome = lint_imports(ROOT / "pyproject.toml", tmp_path)
    said = " ".join(outcome.stdout.split())
    assert outcome.returncode == 1
    for chain in (
        "edge.ground.planted -> edge.domain",
        "edge.domain.planted -> time",
        "edge.domain.planted -> sqlite3",
    ):
        assert chain in said
    for chain in ("edge.desk.planted -> sync.protocol", "sync.agent.planted -> sync.hub", "- edge.new_room"):
        assert chain in said


def test_a_service_point_stands_when_the_conversation_is_gone(tmp_path: Path) -> None:
    alone = copy_of_the_packages(tmp_path, "edge", "static")
    command = [sys.executable, "-c", IMPORT_ALL]
    outcome = subprocess.run(command, cwd=alone, capture_output=True, text=True, timeout=120, check=False)
    assert outcome.returncode == 0, outcome.stderr
