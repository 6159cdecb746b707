"""What a case's pages say of paper: the day that stands on it, whose number it bears, and a number that came twice."""

from dataclasses import dataclass
from datetime import date

from sync.console import guard, words
from sync.console.office import hub
from sync.console.say import say as _
from sync.hub.tables import cases, papers
from sync.hub.tables.cases import Case


@dataclass(frozen=True)
class OnPaper:
    """`facts` are sentences, `bearers` how many cases bear the receipt code, `twins` the others of one's department."""

    facts: list[str]
    bearers: int
    twins: list[Case]


def on_paper(case: Case) -> OnPaper:
    """Return what there is to say of a case's paper and of its number."""
    db = hub().store.read()
    paper, facts = papers.of(db, case.name), []
    if paper is not None:
        facts.append(
            _("纸表上写的收件日：%(day)s。期限按录入的时间算，这一天请核对后自己掌握。",
              day=words.day(date.fromisoformat(paper.handed_in)))
            if paper.handed_in
            else _("纸表上的收件日看不出来。")
        )
        if not paper.own:
            facts.append(_("这个号不是录入的那台机器印的。"))
    bearers, mine = papers.with_number(db, case.code), guard.account().department
    others = [one for bearer in bearers if bearer != case.id and (one := cases.by_id(db, bearer))]
    return OnPaper(facts, len(bearers), [one for one in others if mine in ("", one.department)])


def twice(found: list[Case]) -> set[str]:
    """Return those receipt codes among the cases that more than one case bears."""
    return papers.numbers_twice(hub().store.read(), (case.code for case in found))
