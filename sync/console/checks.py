"""Automatic checks: the item's own rules once more, on what arrived, at the day of capture."""

from dataclasses import dataclass
from datetime import date

from edge.domain.answers import check
from edge.domain.county import County
from edge.domain.form import Item
from edge.domain.form_walk import ABSENT, E_CERT, LATER, form_fields, material_key
from edge.domain.identity import age_on, birth_date, fault_of_id_number
from edge.ground.ids import JSON
from sync.console.frame import tr
from sync.console.looks import Look, check_look
from sync.console.say import say as _


@dataclass(frozen=True)
class Check:
    """One finding; `outcome` is pass, fail or note."""

    outcome: str
    words: str

    @property
    def look(self) -> Look:
        """Return its chip."""
        return check_look(self.outcome)


def checks(item: Item, answers: dict[str, JSON], county: County, day: date) -> list[Check]:
    """Return what the machine can say by itself; it decides nothing."""
    found = check(item, answers, county, day)
    labels = {field.key: tr(field.label) for field in form_fields(item)}
    said = [*_identity(item, answers, day)]
    if found.errors:
        said += [Check("fail", f"{labels.get(key, key)}：{tr(text)}") for key, text in found.errors.items()]
    else:
        said.append(Check("pass", _("%(n)d 个答案都合填写规则", n=len(found.answers))))
    if found.stops:
        said += [Check("fail", tr(text)) for text in found.stops]
    elif item.eligibility:
        said.append(Check("pass", _("%(n)d 条申请条件都合", n=len(item.eligibility))))
    said += [Check("note", tr(text)) for text in found.notices]
    said += _materials(item, answers)
    return said


def _identity(item: Item, answers: dict[str, JSON], day: date) -> list[Check]:
    number = str(answers.get(item.applicant.id_number) or "")
    if not number:
        return []
    fault = fault_of_id_number(number, day)
    if fault:
        return [Check("fail", _("身份证号：%(fault)s", fault=tr(fault)))]
    born = birth_date(number)
    age = age_on(number, day) if born else None
    said = [Check("pass", _("身份证校验位、出生日期"))]
    if age is not None:
        said.append(Check("pass", _("交材料那天 %(age)d 岁", age=age)))
    return said


def _materials(item: Item, answers: dict[str, JSON]) -> list[Check]:
    said = []
    for material in item.materials:
        given = answers.get(material_key(material))
        if given == LATER:
            said.append(Check("note", _("%(name)s：说好以后补", name=tr(material.name))))
        elif given == E_CERT:
            said.append(Check("note", _("%(name)s：用电子证照，请在系统里核对", name=tr(material.name))))
        elif given == ABSENT:
            said.append(Check("fail", _("%(name)s：没带", name=tr(material.name))))
    return said
