"""Every place where the data of a catalogue file do not have the shape of their struct, in a clerk's words.

msgspec stops at the first such place. This walk goes on, and mends what it finds, so that what else can be judged is
judged in the same run: whoever writes an item gets one list.
"""

import difflib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from msgspec import inspect

from edge.domain.text import Text

Say = Callable[[str, Text], None]
"""Takes a path (`fields[3].kind`) and the cure."""
KINDS: tuple[tuple[type[inspect.Type], type | tuple[type, ...], Text], ...] = (
    (inspect.StrType, str, Text("这里要写文字；是数字的话，两边加引号。", "Text is expected; put a number in quotes.")),
    (inspect.BoolType, bool, Text("这里只能写 true 或 false，不加引号。", "Write true or false, without quotes.")),
    (inspect.IntType, int, Text("这里要写整数，不加引号。", "A whole number is expected, without quotes.")),
    (inspect.FloatType, (int, float), Text("这里要写数字，不加引号。", "A number is expected, without quotes.")),
)
A_MAPPING = Text("这里要写几行“名字: 内容”。", "Lines of `key: value` are expected.")
A_TEXT = Text("这里要写中文和英文：{zh: 中文, en: English}。", "Write both languages: {zh: …, en: …}.")
A_LIST = Text("这里要写一列，每项前面一个“-”。", "A list is expected, each entry behind a `-`.")


class Walk(NamedTuple):
    """One walk over the data of a file; `say` is called for each fault."""

    say: Say

    def mend(self, data: Any, kind: inspect.Type, path: str) -> Any:
        """Return `data` with every fault below `path` said and replaced by something of the right kind."""
        if isinstance(kind, inspect.UnionType):
            return self._one_of(data, kind, path)
        if isinstance(kind, inspect.StructType):
            return self._struct(data, kind, path)
        if isinstance(kind, inspect.VarTupleType | inspect.ListType):
            if not isinstance(data, list):
                return self._refuse(path, A_LIST, [])
            return [self.mend(part, kind.item_type, f"{path}[{at}]") for at, part in enumerate(data)]
        if isinstance(kind, inspect.DictType):
            if not isinstance(data, dict):
                return self._refuse(path, A_MAPPING, {})
            return {key: self.mend(part, kind.value_type, _below(path, str(key))) for key, part in data.items()}
        return self._plain(data, kind, path)

    def _refuse(self, path: str, cure: Text, instead: Any) -> Any:
        self.say(path or "-", cure)
        return instead

    def _one_of(self, data: Any, kind: inspect.UnionType, path: str) -> Any:
        if data is None and any(isinstance(one, inspect.NoneType) for one in kind.types):
            return None
        rest = [one for one in kind.types if not isinstance(one, inspect.NoneType)]
        return self.mend(data, rest[0], path) if len(rest) == 1 else data

    def _struct(self, data: Any, kind: inspect.StructType, path: str) -> Any:
        if not isinstance(data, dict):
            return self._refuse(path, A_TEXT if kind.cls is Text else A_MAPPING, _blank(kind))
        known = {field.encode_name: field for field in kind.fields}
        strange = [str(key) for key in data if key not in known]
        mended = {}
        for key in strange:
            self.say(_below(path, key), _unknown(key, known, data))
        for name, field in known.items():
            if name in data:
                mended[name] = self.mend(data[name], field.type, _below(path, name))
            elif field.required:
                mended[name] = _blank(field.type)
                self.say(_below(path, name), Text(f"缺“{name}”，请补上。", f"`{name}` is missing: add it."))
        return mended

    def _plain(self, data: Any, kind: inspect.Type, path: str) -> Any:
        if isinstance(kind, inspect.LiteralType):
            if data in kind.values:
                return data
            allowed = ", ".join(str(one) for one in kind.values)
            return self._refuse(path, Text(
                f"不能写“{data}”，只能写这些里的一个：{allowed}。",
                f"`{data}` is not possible here; it may be one of: {allowed}."), kind.values[0])
        for wanted, fits, cure in KINDS:
            if isinstance(kind, wanted):
                fine = isinstance(data, fits) and (wanted is inspect.BoolType or not isinstance(data, bool))
                return data if fine else self._refuse(path, cure, _blank(kind))
        return data


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _unknown(key: str, known: Mapping[str, object], data: Mapping[Any, object]) -> Text:
    near = difflib.get_close_matches(key, [name for name in known if name not in data] or list(known), 1)
    if near:
        return Text(f"没有“{key}”这一项，是不是想写“{near[0]}”？",
                    f"There is no `{key}` here; did you mean `{near[0]}`?")
    names = ", ".join(sorted(known))
    return Text(f"没有“{key}”这一项，请删掉。可以写的有：{names}。",
                f"There is no `{key}` here: remove it. There are: {names}.")


def _blank(kind: inspect.Type) -> Any:
    """Return the least that has this shape; it only stands in so that the rest of the file can be judged."""
    if isinstance(kind, inspect.StructType):
        return {field.encode_name: _blank(field.type) for field in kind.fields if field.required}
    if isinstance(kind, inspect.LiteralType):
        return kind.values[0]
    blanks: tuple[tuple[type[inspect.Type], Any], ...] = (
        (inspect.StrType, ""), (inspect.BoolType, False), (inspect.IntType, 1), (inspect.FloatType, 1.0),
        (inspect.VarTupleType, []), (inspect.ListType, []), (inspect.DictType, {}))
    return next((blank for wanted, blank in blanks if isinstance(kind, wanted)), None)


def shape_faults(data: object, kind: type) -> tuple[Any, list[tuple[str, str]]]:
    """Return the data mended to the shape of `kind`, and each fault as (path, cure in Chinese and English)."""
    found: list[tuple[str, str]] = []
    mended = Walk(lambda path, cure: found.append((path, cure.both()))).mend(data, inspect.type_info(kind), "")
    return mended, found


def named_paths(found: list[tuple[str, str]], data: object) -> Iterator[tuple[str, str]]:
    """Yield the faults with the key of each question or paper beside its number: `fields[3](home).kind`."""
    for path, cure in found:
        head, bracket, rest = path.partition("[")
        number, closing, rest = rest.partition("]")
        parts = data.get(head) if isinstance(data, dict) else None
        if bracket and closing and isinstance(parts, list) and number in map(str, range(len(parts))):
            part = parts[int(number)]
            name = (part.get("key") or part.get("to") or "") if isinstance(part, dict) else ""
            path = f"{head}[{number}]({name}){rest}" if name else path
        yield path, cure
