"""What a file's shape cannot say: names that fit together, conditions that compile, an example that passes."""

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from edge.domain.answers import check, check_outcome
from edge.domain.catalogue_files import Fault
from edge.domain.condition_check import SURROUNDINGS, condition_faults
from edge.domain.conditions import FUNCTION_NAMES, ConditionFault
from edge.domain.county import County
from edge.domain.form import Field, Item, item_to_bytes
from edge.domain.form_walk import form_fields
from edge.domain.values import NO, YES

EXAMPLE_DAY = date(2026, 11, 23)
"""The day on which examples are judged; a Monday inside the calendar that comes with the product."""
_KEY = re.compile(r"[a-z][a-z0-9_]{0,31}")
_CODE = re.compile(r"[A-Z]{2}-[0-9]{2,3}")
MOST_PACKED = 12 * 1024
"""What fits into one envelope, compressed and sealed, with room to spare."""
NOT_IN_ROWS = frozenset({"group", "region", "long_text", "declaration", "consent"})
TYPED_TWICE = frozenset({"id_number", "credit_code", "disability_number", "mobile", "bank_card"})
Found = Iterator[tuple[str, str]]


def item_faults(item: Item, county: County, file: str) -> list[Fault]:
    """Return what is wrong with an item, each as file, field and cure."""
    found = [*_head(item, county), *_fields(item, county), *condition_faults(item, county)]
    if len(zlib.compress(item_to_bytes(item), 9)) > MOST_PACKED:
        found.append(("-", (
            f"压缩后超过 {MOST_PACKED // 1024} KiB，请写短些，或者分成两个事项。 "
            f"larger than {MOST_PACKED // 1024} KiB compressed: shorten the texts, or make two items")))
    if not found:
        found = [*_examples(item, county)]
    return [Fault(file, place, cure) for place, cure in found]


def further_faults(item: Item, county: County, file: str, known: Iterable[Fault]) -> list[Fault]:
    """Return what else is wrong with an item that was mended after `known` faults, so that one run lists all.

    What hangs together with a mended part is not judged: it would only be found wrong because of the mending.
    """
    mended = {re.split(r"[.\[(]", fault.field)[0] for fault in known}
    found = list(_head(item, county))
    if "fields" in mended:
        mended |= {"applicant", "who"}
    if not mended & {"fields", "materials", "computed", "outcome"}:
        found += [*_fields(item, county), *condition_faults(item, county)]
    return [Fault(file, place, cure) for place, cure in found if re.split(r"[.\[]", place)[0] not in mended]


def county_faults(county: County, file: str) -> list[Fault]:
    """Return what is wrong with a county's data."""
    found: list[tuple[str, str]] = []
    seen: set[str] = set()
    for town in county.towns:
        for village in town.villages:
            if not re.fullmatch(r"[0-9]{12}", village.code) or not village.code.startswith(town.code):
                found.append((f"towns.{town.code}.{village.code}", "12 digits that begin with the town's code"))
            if village.code in seen:
                found.append((f"towns.{town.code}.{village.code}", "this code stands twice"))
            seen.add(village.code)
    towns = {town.code for town in county.towns}
    found += [(f"places.{place.key}.town", "no such town") for place in county.places if place.town not in towns]
    profiles = {profile.key for profile in county.profiles}
    found += [(f"places.{place.key}.profile", "no such profile")
              for place in county.places if place.profile and place.profile not in profiles]
    for year in county.calendar:
        days = [holiday.first for holiday in year.holidays] + list(year.worked)
        if any(abs(day.year - year.year) > 1 for day in days):
            found.append((f"calendar.{year.year}", "a day lies outside the year"))
        found += [(f"calendar.{year.year}", f"{holiday.name.en} ends before it begins")
                  for holiday in year.holidays if holiday.last < holiday.first]
    return [Fault(file, place, cure) for place, cure in found]


def _head(item: Item, county: County) -> Found:
    if not _CODE.fullmatch(item.code):
        yield "code", ("两个大写字母、一横、两三位数字，比如 MZ-01。 "
                       "two capital letters, a dash and two or three digits, such as MZ-01")
    if item.version < 1:
        yield "version", "从 1 开始，每改一次加 1。 begin with 1 and add 1 for each change"
    if item.department not in county.departments:
        yield "department", (
            f"县里没有“{item.department}”这个部门，有这些：{_named(county)}。 "
            f"the county has no `{item.department}`; it has: {', '.join(sorted(county.departments))}")
    if len(item.short.zh) > 10:
        yield "short.zh", "最多 10 个字，写在按钮上。 at most 10 characters: it stands on a tile"
    if item.limits.answer_days < 1:
        yield "limits.answer_days", "至少 1 个工作日。 at least 1 working day"
    yield from _live(item, county)
    for place, paper in enumerate(item.materials):
        if paper.stands_in in [one.key for one in item.materials[:place + 1]]:
            yield f"materials.{paper.key}.stands_in", (
                "顶替它的材料要写在它后面。 the paper that does instead stands after it")
        if paper.sign and paper.statement is None:
            yield f"materials.{paper.key}.statement", "写上签的是什么话。 say what whoever signs says"
    events = {event.key for event in county.events}
    for event in item.events:
        if event not in events:
            yield "events", (f"没有“{event}”这一类事，有这些：{', '.join(sorted(events))}。 "
                             f"there is no life event `{event}`")
    kinds = {field.key: field.kind for field in item.fields}
    if kinds.get(item.applicant.name) != "name":
        yield "applicant.name", "写一个种类是 name 的问题。 name a field of kind `name`"
    if kinds.get(item.applicant.id_number) != "id_number":
        yield "applicant.id_number", "写一个种类是 id_number 的问题。 name a field of kind `id_number`"
    if item.applicant.mobile and kinds.get(item.applicant.mobile) != "mobile":
        yield "applicant.mobile", "写一个种类是 mobile 的问题。 name a field of kind `mobile`"
    if item.who and kinds.get(item.who) != "choice":
        yield "who", "写问“给谁办”的那个选择题。 name the choice field that says for whom it is done"
    if not any(field.kind == "declaration" for field in item.fields):
        yield "fields", ("加一个种类是 declaration 的问题，请办事的人说都是真的。 "
                         "add a field of kind `declaration`: the citizen says that the answers are true")


def _live(item: Item, county: County) -> Found:
    if (item.offline == "online") != (item.live is not None):
        yield "live", ("offline 写 online 的事项，一定要写 live：没有办成什么、打什么电话。别的不写。 "
                       "an `online` item says under `live` what has not happened and whom to call; others do not")
    phones = {phone.key for phone in county.phones}
    for key in item.live.phones if item.live else ():
        if key not in phones:
            yield "live.phones", (f"县数据里没有“{key}”这个电话，有这些：{', '.join(sorted(phones))}。 "
                                  f"the county has no phone `{key}`")


def _fields(item: Item, county: County) -> Found:
    seen: set[str] = set()
    kinds: dict[str, str] = {}
    for field in form_fields(item):
        place = f"fields.{field.key}"
        if not _KEY.fullmatch(field.key) or field.key in SURROUNDINGS | FUNCTION_NAMES | {"outcome", "facts"}:
            yield place, ("名字只能用小写字母、数字和 _，最多 32 个，不能用条件里的词。 "
                          "a key is lower-case letters, digits and _, at most 32, and no word of the conditions")
        if field.key in seen:
            yield place, "这个名字写了两次，请改一个。 this key stands twice"
        seen.add(field.key)
        yield from _options(field, place, item, county)
        yield from _group(field, place, item, county)
        if field.least is not None and field.most is not None and field.least > field.most:
            yield place, "least 比 most 还大。 `least` is more than `most`"
        if field.kind == "consent" and field.basis is None:
            yield f"{place}.basis", "写 duty 或 consent。 say `duty` or `consent`"
        yield from _one_each(field, f"{place}.one_each", kinds)
        kinds[field.key] = field.kind
    for field in item.outcome:
        yield from _options(field, f"outcome.{field.key}", item, county)


def _options(field: Field, place: str, item: Item, county: County) -> Found:
    chosen = field.kind in ("choice", "choices")
    if field.kind == "yes_no" and field.choices:
        if [choice.value for choice in field.choices] != [YES, NO] or field.choices_from:
            yield f"{place}.choices", (
                '要么不写，要么正好写两个：先 "yes"，后 "no"，两边加引号。 '
                'leave it out, or write exactly two: "yes", then "no", in quotes')
        return
    if chosen == (not field.choices and not field.choices_from):
        yield f"{place}.choices", ("选择题要写 choices 或 choices_from。 a choice needs `choices` or `choices_from`"
                                   if chosen else
                                   f"种类 {field.kind} 不能有 choices。 a field of kind `{field.kind}` has no choices")
    values = [choice.value for choice in field.choices]
    if len(values) != len(set(values)):
        yield f"{place}.choices", "同一个 value 只能写一次。 each value may stand once"
    source = field.choices_from
    if source.startswith("local."):
        if not isinstance(county.params(item.code).get(source[6:]), list):
            yield f"{place}.choices_from", (
                f"县数据 local_params 的 {item.code} 下面要有“{source[6:]}”这一列。 "
                f"the county's local_params for {item.code} need a list `{source[6:]}`")
    elif source and not county.lists.get(source):
        yield f"{place}.choices_from", (
            f"县数据里没有“{source}”这一列。 "
            f"the county has no list `{source}`; it has: {', '.join(sorted(county.lists))}")


def _group(field: Field, place: str, item: Item, county: County) -> Found:
    if (field.kind == "group") != bool(field.fields):
        yield f"{place}.fields", ("种类 group 要写 fields，别的种类不能写。 "
                                  "a field of kind `group` has `fields`, others have none")
    outside = {one.key for one in form_fields(item)}
    seen: set[str] = set()
    for one in field.fields:
        inside = f"{place}.fields.{one.key}"
        if not _KEY.fullmatch(one.key) or one.key in SURROUNDINGS | FUNCTION_NAMES | outside | seen:
            yield inside, ("名字要小写，不能和别的问题、条件里的词一样。 "
                           "a key of its own in lower-case letters, of no other question and no word of the conditions")
        if one.kind in NOT_IN_ROWS or one.shared or one.twice:
            yield inside, (f"每行里不能问这一种（{one.kind}）。 rows cannot hold this kind, nor `shared` or `twice`")
        seen.add(one.key)
        yield from _options(one, inside, item, county)
    if field.fields and (field.fields[0].optional or field.fields[0].when):
        yield f"{place}.fields.{field.fields[0].key}", ("第一个问题是每行的名字，一定要问。 "
                                                         "the first question names the row: it is always asked")
    if field.twice and field.kind not in TYPED_TWICE:
        yield f"{place}.twice", "只用在号码上。 only for numbers"


def _one_each(field: Field, place: str, kinds: Mapping[str, str]) -> Found:
    if field.one_each and (field.kind != "long_text" or kinds.get(field.one_each) != "integer"):
        yield place, ("只用在 long_text 里，写前面一个 integer 问题的名字。 "
                      "only in a long_text: name an integer that stands before it")


def _named(county: County) -> str:
    return "、".join(f"{key}（{one.short.zh}）" for key, one in sorted(county.departments.items()))


def _examples(item: Item, county: County) -> Found:
    try:
        checked = check(item, item.example, county, EXAMPLE_DAY)
        outcome = check_outcome(item, item.outcome_example, county, EXAMPLE_DAY, checked.answers)
    except ConditionFault as fault:
        yield "example", f"有个条件算不出来。 a condition fails on it: {fault}"
        return
    for key, error in checked.errors.items():
        yield f"example.{key}", error.both()
    for key, value in checked.answers.items():
        if value != item.example.get(key) or type(value) is not type(item.example.get(key)):
            yield f"example.{key}", f"照存的样子写：{value!r}。 write it as it is stored: {value!r}"
    for key in sorted(item.example.keys() - checked.answers.keys() - checked.errors.keys()):
        yield f"example.{key}", ("按这些答案不会问到这里，请删掉。 "
                                 "this question is not shown for these answers: remove it")
    for stop in checked.stops:
        yield "example", f"样例要是能办的，可是：{stop.zh} it must be one that can be applied for, but: {stop.en}"
    for key, error in outcome.errors.items():
        yield f"outcome_example.{key}", error.both()
