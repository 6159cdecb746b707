"""Whether the conditions of an item can be read, and name only what is there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from edge.domain.conditions import BUILT_IN, FUNCTION_NAMES, ConditionFault, condition
from edge.domain.county import County
from edge.domain.form import Field, Item
from edge.domain.form_walk import form_fields
from edge.domain.text import Text

SURROUNDINGS = frozenset({"today", "local", "params"})
OF_TODAY = frozenset({"age"})
"""Functions whose value depends on the day."""
_COMPARED = re.compile(r"(?<![.\w])([a-z]\w*)\s*(?:==|!=)\s*'([^']*)'")
_LISTED = re.compile(r"(?<![.\w])([a-z]\w*)\s+in\s+\[([^\]]*)\]")
_LOCAL = re.compile(r"(?<![.\w])local\.([a-z]\w*)")
_PARAMS = re.compile(r"(?<![.\w])params\['([A-Z]{2}-[0-9]{2,3})'\]\.([a-z]\w*)")
Found = Iterator[tuple[str, str]]


@dataclass
class _Scope:
    """What a condition may name at one place of an item."""

    item: Item
    county: County
    names: set[str] = field(default_factory=lambda: set(SURROUNDINGS))
    values: dict[str, set[str]] = field(default_factory=dict)
    functions: frozenset[str] = FUNCTION_NAMES

    def learn(self, one: Field) -> None:
        """Let the conditions that follow name this field."""
        self.names.add(one.key)
        self.values.pop(one.key, None)
        if one.choices and one.kind != "yes_no":
            self.values[one.key] = {choice.value for choice in one.choices}

    def condition(self, source: str, place: str) -> Found:
        """Yield what is wrong with one condition."""
        if not source:
            return
        try:
            compiled = condition(source)
        except ConditionFault as fault:
            yield place, f"这个条件写得不对。 the condition cannot be read: {fault}"
            return
        for name in sorted(compiled.variables - self.names):
            yield place, (f"这里还不知道“{name}”，只能用前面问过的。 "
                         f"`{name}` is not known here: name a question that stands before this one")
        if "size" in compiled.functions:
            yield place, "请用 length()。 use length(): size() counts the bytes of a text"
        for name in sorted(compiled.functions - self.functions - BUILT_IN):
            yield place, (f"这里没有函数 {name}。 "
                         f"there is no function `{name}` here; there are: {', '.join(sorted(self.functions))}")
        yield from self._choices(source, place)
        yield from self._params(source, place)

    def _choices(self, source: str, place: str) -> Found:
        compared = _COMPARED.findall(source)
        compared += [(key, one) for key, listed in _LISTED.findall(source) for one in re.findall(r"'([^']*)'", listed)]
        for key, value in compared:
            if key in self.values and value not in self.values[key]:
                yield place, f"“{key}”没有“{value}”这个选项。 `{key}` has no choice `{value}`"

    def _params(self, source: str, place: str) -> Found:
        named = [(self.item.code, key) for key in _LOCAL.findall(source)] + _PARAMS.findall(source)
        for code, key in named:
            if key not in self.county.params(code):
                yield place, (f"县数据 local_params 的 {code} 下面要有“{key}”。 "
                             f"the county's local_params for {code} need `{key}`")

    def words(self, text: Text, place: str) -> Found:
        """Yield the slots of a text that nothing fills."""
        for name in sorted(text.slots() - self.names):
            yield place, (f"{{{name}}} 不是问题，也不是算出来的数。 "
                         f"`{{{name}}}` is neither a question nor a computed value")


def condition_faults(item: Item, county: County) -> Found:
    """Yield what is wrong with the conditions of an item, in the order in which they are judged."""
    scope = _Scope(item, county)
    yield from _fields(form_fields(item), "fields", scope)
    for computed in item.computed:
        yield from scope.condition(computed.value, f"computed.{computed.key}.value")
        scope.names.add(computed.key)
        if computed.how:
            yield from scope.words(computed.how, f"computed.{computed.key}.how")
    for at, demand in enumerate(item.eligibility):
        yield from scope.condition(demand.must, f"eligibility[{at}].must")
        yield from scope.words(demand.text, f"eligibility[{at}].text")
    for at, told in enumerate(item.live.told if item.live else ()):
        yield from scope.condition(told.when, f"live.told[{at}].when")
    facts = scope.names - SURROUNDINGS
    yield from _fields(item.outcome, "outcome", scope)
    yield from _links(item, county, facts)


def _fields(fields: tuple[Field, ...], name: str, scope: _Scope) -> Found:
    for one in fields:
        yield from scope.condition(one.when, f"{name}.{one.key}.when")
        row = replace(scope, names=set(scope.names), values=dict(scope.values))
        yield from _fields(one.fields, f"{name}.{one.key}.fields", row)
        scope.learn(one)
        for at, rule in enumerate(one.rules):
            yield from scope.condition(rule.must, f"{name}.{one.key}.rules[{at}].must")
            yield from scope.words(rule.error, f"{name}.{one.key}.rules[{at}].error")


def _links(item: Item, county: County, facts: set[str]) -> Found:
    """Links know no day: what an approval offers must not depend on when the citizen looks."""
    scope = _Scope(item, county, {"outcome", "facts", "local", "params"}, functions=FUNCTION_NAMES - OF_TODAY)
    named = {"outcome": {one.key for one in item.outcome}, "facts": facts}
    for at, link in enumerate(item.links):
        place = f"links[{at}].when"
        yield from scope.condition(link.when, place)
        for group, names in named.items():
            for name in sorted(set(re.findall(rf"\b{group}\.([a-z]\w*)", link.when)) - names):
                yield place, f"`{group}.{name}` is not there; there are: {', '.join(sorted(names))}"
