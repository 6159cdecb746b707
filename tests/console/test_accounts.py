"""Accounts, their lock, their sessions and tokens, over a real database."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from edge.ground.database import Store, migrate
from edge.ground.problem import (
    LAST_OF_ROLE,
    LOG_IN,
    LOGIN_LOCKED,
    NAME_TAKEN,
    REASON_MISSING,
    WEAK_SECRET,
    WRONG_LOGIN,
    Kind,
    Problem,
)
from edge.records import audit
from sync.hub import accounts, sessions
from tests.console.office import Office, chance_of, open_office

SECRET = "correct horse 7"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """One hub's database with one reviewer and one keeper of accounts."""
    found = open_office(tmp_path)
    accounts.add_account(found, "test", "reviewer", "经办 07", "reviewer", "mz", SECRET, must_change=False)
    accounts.add_account(found, "test", "it", "技术 01", "it", "", SECRET, must_change=False)
    yield found
    found.store.close()


def refused(kind: Kind, problem: pytest.ExceptionInfo[Problem]) -> bool:
    """Tell if a refusal is of this kind."""
    return problem.value.kind is kind


def acts(office: Office) -> list[tuple[str, str]]:
    """Return act and subject of every audit line."""
    return [(line.act, line.subject) for line, _ in audit.lines(office.store.read())]


def guess(office: Office, name: str, times: int) -> list[str]:
    """Try wrong secrets; return the codes of the answers."""
    answers = []
    for number in range(times):
        with pytest.raises(Problem) as problem:
            accounts.log_in(office, name, f"wrong {number} secret")
        answers.append(problem.value.kind.code)
    return answers


def test_the_right_secret_opens(office: Office) -> None:
    assert accounts.log_in(office, " Reviewer ", SECRET).role == "reviewer"


def test_no_secret_stands_in_the_file(office: Office) -> None:
    token = sessions.open_session(office, accounts.log_in(office, "it", SECRET))
    _, api = sessions.make_token(office, "account:it", "bank machine")
    office.store.close()
    raw = b"".join(path.read_bytes() for path in office.folder.iterdir())
    for secret in (SECRET, token, api):
        assert secret.encode() not in raw
    office.store = Store(office.folder / "hub.db")


def test_unknown_names_are_answered_like_known_ones(office: Office) -> None:
    assert guess(office, "reviewer", 7) == guess(office, "nobody", 7)


def test_an_unknown_name_costs_what_a_known_one_costs(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []

    def compare(_secret: str, hashed: str) -> bool:
        compared.append(hashed.rsplit("$", 2)[0])
        return False

    monkeypatch.setattr(accounts, "_verify", compare)
    guess(office, "reviewer", 1)
    guess(office, "nobody", 1)
    assert compared == ["$argon2id$v=19$m=19456,t=2,p=1"] * 2


def test_five_wrong_tries_lock_for_thirty_minutes(office: Office) -> None:
    assert guess(office, "reviewer", 6) == ["wrong-login"] * 4 + ["login-locked"] * 2
    with pytest.raises(Problem) as problem:
        accounts.log_in(office, "reviewer", SECRET)
    assert refused(LOGIN_LOCKED, problem)
    office.clock.pass_time(minutes=31)
    assert accounts.log_in(office, "reviewer", SECRET)


def test_a_restart_does_not_reset_the_count(office: Office) -> None:
    guess(office, "reviewer", 5)
    office.store.close()
    again = open_office(office.folder, office.clock)
    with pytest.raises(Problem) as problem:
        accounts.log_in(again, "reviewer", SECRET)
    assert refused(LOGIN_LOCKED, problem)
    again.store.close()


def test_a_clock_set_back_does_not_lock_for_years(office: Office) -> None:
    office.clock.pass_time(days=20_000)
    guess(office, "reviewer", 5)
    office.clock.pass_time(days=-20_000)
    assert accounts.log_in(office, "reviewer", SECRET)


def test_a_right_secret_forgets_the_tries(office: Office) -> None:
    guess(office, "reviewer", 4)
    accounts.log_in(office, "reviewer", SECRET)
    assert guess(office, "reviewer", 4) == ["wrong-login"] * 4


def test_what_was_typed_as_a_name_is_not_written_down(office: Office) -> None:
    guess(office, "my-password-by-mistake", 1)
    assert ("login.fail", "unknown") in acts(office)
    assert all("mistake" not in subject for _, subject in acts(office))


@pytest.mark.parametrize("secret", ["short1", "1234567890123", "xxreviewer07xx", "aaaaaaaaaaaaaa", "x" * 129])
def test_a_weak_secret_is_refused(office: Office, secret: str) -> None:
    person = accounts.log_in(office, "reviewer", SECRET)
    with pytest.raises(Problem) as problem:
        accounts.change_secret(office, person.id, SECRET, secret)
    assert refused(WEAK_SECRET, problem)


def test_changing_the_secret_logs_other_browsers_out(office: Office) -> None:
    person = accounts.log_in(office, "reviewer", SECRET)
    here, there = sessions.open_session(office, person), sessions.open_session(office, person)
    accounts.change_secret(office, person.id, SECRET, "another secret 9", keep=sessions.session_hash(here))
    assert sessions.find_session(office, here)
    assert sessions.find_session(office, there) is None
    with pytest.raises(Problem) as problem:
        accounts.log_in(office, "reviewer", SECRET)
    assert refused(WRONG_LOGIN, problem)


def test_a_reset_gives_a_secret_that_must_be_changed_and_lifts_the_lock(office: Office) -> None:
    person = accounts.log_in(office, "reviewer", SECRET)
    guess(office, "reviewer", 5)
    given = accounts.reset(office, "account:it", person.id, "忘了密码")
    assert accounts.log_in(office, "reviewer", given).must_change


def test_disabling_logs_out_and_shuts_out(office: Office) -> None:
    person = accounts.log_in(office, "reviewer", SECRET)
    token = sessions.open_session(office, person)
    accounts.set_state(office, "account:it", person.id, "disabled", "调走了")
    assert sessions.find_session(office, token) is None
    with pytest.raises(Problem) as problem:
        accounts.log_in(office, "reviewer", SECRET)
    assert refused(WRONG_LOGIN, problem)


def test_the_last_keeper_of_accounts_stays(office: Office) -> None:
    keeper = accounts.log_in(office, "it", SECRET)
    with pytest.raises(Problem) as problem:
        accounts.set_state(office, "account:it", keeper.id, "disabled", "调走了")
    assert refused(LAST_OF_ROLE, problem)


def test_a_reason_is_needed_and_audited(office: Office) -> None:
    person = accounts.log_in(office, "reviewer", SECRET)
    with pytest.raises(Problem) as problem:
        accounts.reset(office, "account:it", person.id, " ")
    assert refused(REASON_MISSING, problem)
    accounts.set_state(office, "account:it", person.id, "disabled", "调走了")
    last = [line for line, _ in audit.lines(office.store.read())][-1]
    assert (last.act, last.actor, last.facts) == ("account.disabled", "account:it", {"reason": "调走了"})


def test_a_name_is_given_once(office: Office) -> None:
    with pytest.raises(Problem) as problem:
        accounts.add_account(office, "account:it", "REVIEWER", "另一个", "reviewer")
    assert refused(NAME_TAKEN, problem)


def test_a_session_ends_after_half_an_hour_of_silence(office: Office) -> None:
    token = sessions.open_session(office, accounts.log_in(office, "it", SECRET))
    for _ in range(3):
        office.clock.pass_time(minutes=29)
        assert sessions.find_session(office, token)
    office.clock.pass_time(minutes=31)
    assert sessions.find_session(office, token) is None


def test_a_session_ends_after_twelve_hours(office: Office) -> None:
    token = sessions.open_session(office, accounts.log_in(office, "it", SECRET))
    for _ in range(24):
        office.clock.pass_time(minutes=29)
        assert sessions.find_session(office, token)
    office.clock.pass_time(minutes=28)
    assert sessions.find_session(office, token) is None


@pytest.mark.parametrize("hours", [-1, -13])
def test_a_clock_set_back_does_not_prolong_a_session(office: Office, hours: int) -> None:
    token = sessions.open_session(office, accounts.log_in(office, "it", SECRET))
    office.clock.pass_time(hours=hours)
    assert sessions.find_session(office, token) is None


def test_a_revoked_token_is_shut_out(office: Office) -> None:
    token, secret = sessions.make_token(office, "account:it", "bank machine")
    assert sessions.check_token(office, secret).actor == "token:bank machine"
    sessions.revoke_token(office, "account:it", token.id, "换了供应商")
    with pytest.raises(Problem) as problem:
        sessions.check_token(office, secret)
    assert refused(LOG_IN, problem)


def test_given_secrets_have_all_their_letters() -> None:
    made = {accounts.new_secret(chance_of(seed)) for seed in range(50)}
    assert len(made) == 50
    assert {len(secret) for secret in made} == {14}


def test_the_schema_can_stand_on_the_hubs_own(tmp_path: Path) -> None:
    store = Store(tmp_path / "hub.db")
    assert "0002_accounts.sql" in migrate(store, "hub", files("sync.hub") / "schema")
    store.close()
