"""Catalogue files: YAML in, structs out, and every fault as file, field and cure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from edge.domain.form import Field, Item, Material
from edge.domain.text import Text

Source = Traversable | Path
Shared = dict[str, dict[str, Any]]
"""Definitions that item files refer to: {"fields": {name: …}, "materials": {name: …}}."""
T = TypeVar("T")
MOST_BYTES = 256 * 1024
MOST_NODES = 20_000


@dataclass(frozen=True)
class Fault:
    """One fault of a catalogue: which file, which field in it, and what to do."""

    file: str
    field: str
    cure: str

    def __str__(self) -> str:
        return f"{self.file}: {self.field}: {self.cure}"


class CatalogueFault(ValueError):
    """The files cannot be used; `faults` names each place and its cure.

    `mended` is what could be read of a single file, with something else in the place of each fault: good for looking
    for more faults and for nothing else.
    """

    def __init__(self, faults: Iterable[Fault], mended: object = None) -> None:
        self.faults, self.mended = list(faults), mended
        super().__init__("\n".join(str(fault) for fault in self.faults))


def _count(data: object, budget: int) -> int:
    """Return what is left of `budget` after visiting all of `data`; aliases count each time: a file may not explode."""
    budget -= 1
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, list):
        for part in data:
            if budget < 0:
                break
            budget = _count(part, budget)
    return budget


def read_yaml(source: Source) -> Any:
    """Return the data of one YAML file.

    Raises:
        CatalogueFault: it cannot be read, is too large, or is no YAML; the field is the line.
    """
    # a site reads what was published to it; the YAML library costs it 25 ms and 2 MB for nothing
    from edge.domain.strict_yaml import NoYaml, load_strictly

    name = source.name
    try:
        raw = source.read_bytes()
        text = raw.decode("utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        cure = f"读不了，请存成 UTF-8 文字。 the file cannot be read as UTF-8 text: {fault}"
        raise CatalogueFault([Fault(name, "-", cure)]) from fault
    if len(raw) > MOST_BYTES:
        raise CatalogueFault([Fault(name, "-", f"文件太大了，请分开写。 "
                                              f"the file is larger than {MOST_BYTES // 1024} KiB: split it")])
    try:
        data = load_strictly(text)
    except NoYaml as fault:
        cure = f"这一行写得不合 YAML 的格式。 this is not YAML: {fault.problem}"
        raise CatalogueFault([Fault(name, fault.place, cure)]) from fault
    if _count(data, MOST_NODES) < 0:
        cure = f"写得太多了，请分开写。 more than {MOST_NODES} entries: split the file"
        raise CatalogueFault([Fault(name, "-", cure)])
    return data


def shape(data: object, kind: type[T], file: str) -> T:
    """Return `data` as `kind`.

    Raises:
        CatalogueFault: with every place where it does not fit.
    """
    try:
        return msgspec.convert(data, kind, strict=True)
    except (msgspec.ValidationError, RecursionError) as fault:
        from edge.domain.catalogue_shape import named_paths, shape_faults  # a site never sees a file with faults

        mended, found = shape_faults(data, kind)
        words, _, path = str(fault).partition(" - at `")
        faults = [Fault(file, *one) for one in named_paths(found, data)] or [
            Fault(file, path.rstrip("`").removeprefix("$.") or "-", words)]
        raise CatalogueFault(faults, _converted(mended, kind) if found else None) from fault


def _converted(mended: object, kind: type) -> object:
    try:
        return msgspec.convert(mended, kind, strict=True)
    except msgspec.ValidationError:
        return None


def _with_shared(parts: object, kind: str, shared: Shared, faults: list[Fault], file: str) -> object:
    """Replace each `ref: name` by the shared definition, with what the file says on top; leave out unknown ones."""
    if not isinstance(parts, list):
        return parts
    found = []
    for at, part in enumerate(parts):
        if isinstance(part, dict) and "ref" in part:
            name = part["ref"]
            if not isinstance(name, str) or name not in shared.get(kind, {}):
                known = ", ".join(sorted(shared.get(kind, {})))
                cure = Text(f"没有叫“{name}”的公共定义，有这些：{known}。",
                            f"there is no shared `{name}`; there are: {known}")
                faults.append(Fault(file, f"{kind}[{at}].ref", cure.both()))
                continue
            rest = {key: value for key, value in part.items() if key != "ref"}
            part = {"key": name, **shared[kind][name], **rest}
        if isinstance(part, dict) and "fields" in part:  # the questions of a group's rows
            part = {**part, "fields": _with_shared(part["fields"], kind, shared, faults, file)}
        found.append(part)
    return found


def read_shared(source: Source) -> Shared:
    """Return the shared definitions, each checked to be whole by itself."""
    data = read_yaml(source)
    if not isinstance(data, dict):
        raise CatalogueFault([Fault(source.name, "-", "`fields` and `materials` are expected")])
    kinds: dict[str, Callable[[object], object]] = {
        "fields": lambda one: shape(one, Field, source.name),
        "materials": lambda one: shape(one, Material, source.name)}
    for kind, check in kinds.items():
        for name, definition in (data.get(kind) or {}).items():
            check({"key": name, **definition})
    return {kind: data.get(kind) or {} for kind in kinds}


def read_item(source: Source, shared: Shared) -> Item:
    """Return the item of one file with its shared parts filled in; conditions are not looked at here.

    Raises:
        CatalogueFault: the file is no item.
    """
    data = read_yaml(source)
    if not isinstance(data, dict):
        raise CatalogueFault([Fault(source.name, "-", "这不是事项文件，要从 code: 写起。 an item begins with `code:`")])
    data = dict(data)
    faults: list[Fault] = []
    for kind in ("fields", "materials"):
        if kind in data:
            data[kind] = _with_shared(data[kind], kind, shared, faults, source.name)
    try:
        item = shape(data, Item, source.name)
    except CatalogueFault as fault:
        raise CatalogueFault(faults + fault.faults, fault.mended) from fault
    if faults:
        raise CatalogueFault(faults, item)
    return item
