"""Measured use: counts of each question, of no person; they delay nothing and break nothing."""

import msgspec
import pytest

from edge.desk.count_use import write_down
from edge.domain.catalogue import shipped_catalogue
from edge.domain.use import Counts, within
from edge.ground.disk import Disk
from edge.ground.problem import DISK_FULL, Problem
from edge.records import lane, use
from tests.kiosk.citizen import Citizen
from tests.kiosk.conftest import Kiosk


def counted(kiosk: Kiosk, item: str = "RS-01") -> Counts:
    """Write down what was left and return today's counts of an item."""
    write_down(kiosk.site)
    return next((one.counts for one in use.untold(kiosk.site.store.read(), 99) if one.item == item), {})


def test_a_form_that_is_handed_in_counts_each_question_once(kiosk: Kiosk, citizen: Citizen) -> None:
    citizen.go("/event/elder").hand_in("RS-01")
    citizen.send("/leave")

    found = counted(kiosk)
    assert {found[key] for key in (".begun", ".lodged", ".event", "name.shown", "name.answered", "name.10")} == {1}
    assert not [key for key in found if key.endswith((".left", ".wrong", ".helped"))]


def test_where_somebody_goes_wrong_asks_and_leaves_is_counted_there(kiosk: Kiosk, citizen: Citizen) -> None:
    citizen.begin("RS-01").reply("张三").reply("123")
    here = citizen.at
    kiosk.clock.pass_time(seconds=70)
    citizen.go("/help").go(here).reply(shipped_catalogue().item("RS-01").example["id_number"]).send("/leave")

    found = counted(kiosk)
    assert found["id_number.shown"] == found["id_number.wrong"] == found["id_number.helped"] == 1
    assert found["id_number.answered"] == found["id_number.120"] == 1
    assert [key for key in found if key.endswith(".left")] and ".lodged" not in found


def test_a_visit_that_is_forgotten_was_left_where_it_stood(kiosk: Kiosk, citizen: Citizen) -> None:
    citizen.begin("RS-01").reply("张三")
    kiosk.clock.pass_time(minutes=10)
    kiosk.citizen()

    assert counted(kiosk)["id_number.left"] == 1


def test_practice_is_counted_apart_and_never_as_use(kiosk: Kiosk, citizen: Citizen) -> None:
    citizen.go("/item/RS-01").send("/practice/item/RS-01").send("/item/RS-01", who="self")
    citizen.send("/practice/example").send("/check", agree="yes").send("/practice/end")

    assert counted(kiosk) == {".practised": 1}


def test_counts_hold_nothing_that_was_typed(kiosk: Kiosk, citizen: Citizen) -> None:
    citizen.hand_in("RS-01")
    citizen.send("/leave")
    write_down(kiosk.site)

    row = kiosk.site.store.read().execute("SELECT * FROM use_days").fetchone()
    kept = b"".join(one if isinstance(one, bytes) else str(one).encode() for one in tuple(row))
    assert "冯".encode() not in kept and citizen.csrf.encode() not in kept
    assert row["day"] == kiosk.site.today().isoformat()
    assert all(isinstance(n, int) for n in msgspec.msgpack.decode(row["counts"]).values())


def test_a_disk_that_refuses_counts_loses_them_and_nothing_else(
    kiosk: Kiosk, citizen: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise Problem(DISK_FULL)

    monkeypatch.setattr(use, "add", refuse)
    citizen.hand_in("RS-01")
    citizen.send("/leave")

    assert write_down(kiosk.site) == 0
    assert lane.head(kiosk.site.store.read()).n == 1 and not kiosk.site.uses
    kiosk.site.disk = lambda: Disk(99 * 2**30, 2**30)
    assert citizen.go("/").answer.status_code == 200


def test_no_page_writes_a_count(kiosk: Kiosk, citizen: Citizen) -> None:
    before = kiosk.site.store._writer.total_changes
    citizen.fill("RS-01").go("/help").send("/leave")

    assert kiosk.site.store._writer.total_changes == before
    assert len(kiosk.site.uses) == 1


@pytest.mark.parametrize(("seconds", "span"), [(0, "10"), (9.9, "10"), (10, "30"), (119, "120"), (120, "slower")])
def test_times_are_kept_in_coarse_spans(seconds: float, span: str) -> None:
    assert within(seconds) == span
