"""Which machine this is: facts of its hardware and system that stay as long as it is the same machine.

Linux tells them in files that need no privileges where possible; the service account cannot read serial numbers of the
board on every machine, so what is missing is left out and only what both times were there is compared.
"""

import os
import platform
import uuid
from pathlib import Path
from typing import Any

Facts = dict[str, list[str]]
SYSTEM = Path("/")
_FILES = {"system": ("etc/machine-id",),
          "board": ("sys/class/dmi/id/product_uuid", "sys/class/dmi/id/board_serial"),
          "product": ("sys/class/dmi/id/product_name",)}
_NO_SERIAL = frozenset({"", "none", "default string", "to be filled by o.e.m.", "not specified", "0"})
_REGISTRY = r"SOFTWARE\Microsoft\Cryptography"


def stable_facts(root: Path = SYSTEM) -> Facts:
    """Return kind → values that can be read: `system`, `board`, `product`, `disk`, `network`."""
    if os.name == "nt":
        return _windows()
    facts = {kind: _words([root / file for file in files]) for kind, files in _FILES.items()}
    facts["disk"] = _words([*root.glob("sys/block/[hnsv]*/device/serial"), *root.glob("sys/block/[hnsv]*/device/wwid"),
                            *root.glob("sys/block/vd*/serial")])
    # only cards of this machine: what a container or a tunnel makes up has no device behind it
    facts["network"] = _words([one / "address" for one in root.glob("sys/class/net/*") if (one / "device").exists()])
    return {kind: values for kind, values in facts.items() if values}


def _words(files: list[Path]) -> list[str]:
    found = set()
    for file in files:
        try:
            word = file.read_text("ascii", "replace").strip()
        except OSError:
            continue
        if word.lower() not in _NO_SERIAL:
            found.add(word)
    return sorted(found)


def _windows() -> Facts:
    """Return what Windows tells every program: the id of the installation, the cards' address, the processor."""
    import winreg

    facts = {"network": [f"{uuid.getnode():012x}"], "product": [platform.processor()]}
    registry: Any = winreg   # a type checker on another system does not know what is in it
    with registry.OpenKey(registry.HKEY_LOCAL_MACHINE, _REGISTRY) as key:
        facts["system"] = [str(registry.QueryValueEx(key, "MachineGuid")[0])]
    return facts
