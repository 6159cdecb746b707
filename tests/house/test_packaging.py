"""What the executable carries, what is served, and what is vendored."""

import ast
import hashlib
import json
from pathlib import Path
from typing import Any

from tests.house.tree import PACKAGES, ROOT, files, inside, parsed

CODE = {".py", ".pyi"}


def spec_table(name: str) -> Any:
    """Return the literal that edge.spec gives this name."""
    for node in parsed(ROOT / "edge.spec").body:
        if isinstance(node, ast.Assign) and [getattr(target, "id", "") for target in node.targets] == [name]:
            return ast.literal_eval(node.value)
    raise AssertionError(f"edge.spec has no table {name}")


def test_every_data_folder_travels_with_the_executable() -> None:
    carried = set(spec_table("DATA_FOLDERS"))
    data = [path for path in files(*PACKAGES) if path.suffix not in CODE]
    left_behind = [inside(path) for path in data if not carried & set(path.relative_to(ROOT).parts[:-1])]
    assert left_behind == []
    assert "static" in carried


def test_the_spec_packs_both_packages() -> None:
    assert set(spec_table("PACKAGES")) == set(PACKAGES)


def test_what_is_loaded_by_name_is_packed() -> None:
    # Left out, the executable would quietly run on the system's SQLite, or fail at the first condition.
    assert {"pysqlite3", "pysqlite3.dbapi2", "cel.cel"} <= set(spec_table("FOUND_BY_NAME"))


def test_no_template_lies_where_files_are_served() -> None:
    served = files(
        "static", *(inside(p) for package in PACKAGES for p in (ROOT / package).rglob("static") if p.is_dir())
    )
    templates = [p for p in served if p.suffix in {".jinja", ".j2", ".html"} or "templates" in p.parts]
    assert [inside(path) for path in templates] == []


def test_every_vendored_file_is_the_pinned_one() -> None:
    packages = json.loads((ROOT / "static/vendor/vendor.json").read_text("utf-8"))["packages"]
    pinned = {taken["target"]: taken["sha256"] for package in packages for taken in package["files"]}
    standing = {
        inside(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files("static/vendor", "tests/vendor")
        if path.name != "vendor.json"
    }
    assert standing == pinned


def test_every_vendored_package_brings_its_licence() -> None:
    packages = json.loads((ROOT / "static/vendor/vendor.json").read_text("utf-8"))["packages"]
    without = [p["name"] for p in packages if not any("LICENSE" in Path(taken["target"]).name for taken in p["files"])]
    assert without == []
    assert all(package["integrity"].startswith("sha512-") for package in packages)
