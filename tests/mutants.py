"""Bugs planted on purpose, each with the test that must catch it: a suite that stays green over them proves nothing.

    python -m tests.mutants            # all of them, on a copy of the tree
    python -m tests.mutants "row lock" # those whose name holds these words

Each bug is a small edit of one file. The last line says `mutants: caught N of M`; the exit code is 0 when all are
caught.
"""

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("edge", "sync", "tests", "install", "static", "pyproject.toml")
LONGEST_SECONDS = 300
FAILED = 1   # pytest: tests ran, and some failed


@dataclass(frozen=True)
class Mutant:
    """One planted bug."""

    name: str
    file: str
    old: str
    new: str
    test: str


SPLIT = "            db.execute('COMMIT')\n            db.execute('BEGIN IMMEDIATE')\n"
R, L, P, D, X, E = (f"tests/sync/test_{part}.py::" for part in (
    "restored", "lost_replies", "poison", "durable", "later", "enrolment"))

MUTANTS = [
    Mutant("NORMAL instead of FULL", "edge/ground/database.py",
           "PRAGMA synchronous=FULL", "PRAGMA synchronous=NORMAL",
           D + "test_every_writer_waits_for_the_disk"),
    Mutant("row lock removed: a deferred transaction", "edge/ground/database.py",
           '"BEGIN IMMEDIATE"', '"BEGIN"',
           R + "test_two_workers_on_one_lane_at_once_make_each_form_one_case"),
    Mutant("receipt signed before the commit", "sync/hub/admit.py",
           "    admitted = admit(hub, device, question, opened.end_hash)\n"
           "    hub.arrived.set()\n"
           "    return write_reply(_reply(hub, admitted), hub.key.sign)",
           "    with hub.store.write() as db:\n"
           "        hub.store.read = lambda: db\n"
           "        admitted = admit(hub, device, question, opened.end_hash)\n"
           "        return write_reply(_reply(hub, admitted), hub.key.sign)",
           D + "test_what_is_signed_is_committed"),
    Mutant("no chain check: a claim is believed by its number", "edge/domain/lane.py",
           "chain_at_n == claim.chain else", "chain_at_n is not None else",
           R + "test_two_machines_on_one_copied_disk_both_deliver"),
    Mutant("stale bad news obeyed", "sync/agent/push.py",
           "fresh = asked is not None and asked.up_open and asked.end_hash == question", "fresh = True",
           L + "test_bad_news_that_was_held_back_is_stale"),
    Mutant("a question is not spent by what was believed", "sync/agent/push.py",
           "msgspec.structs.replace(asked, up_open=False)", "msgspec.structs.replace(asked, up_open=True)",
           L + "test_a_question_to_which_something_was_believed_brings_no_bad_news_any_more"),
    Mutant("the hub's bad news is never obeyed", "sync/agent/push.py",
           "    if old is not None and ack.n < old.n:\n        if not fresh:",
           "    if old is not None and ack.n < old.n:\n        if True:",
           R + "test_a_hub_that_fell_back_gets_everything_again"),
    Mutant("what does not fit the lane is dropped", "sync/hub/admit.py",
           "        _keep(db, device, name, came, at)\n        if place == end.n + 1 and chain == end.chain:\n",
           "        if place == end.n + 1 and chain == end.chain:\n            _keep(db, device, name, came, at)\n",
           L + "test_what_comes_behind_a_gap_is_kept_though_the_lane_does_not_grow"),
    Mutant("a fork passes in silence", "sync/hub/admit.py",
           "if held is not None and held[0] != name:", "if False:",
           R + "test_a_fork_is_written_down"),
    Mutant("one case for each receipt code", "sync/hub/open.py",
           "    item, device = hub.item(body.item, body.item_version), devices.get(db, kept.device)\n",
           "    if db.execute('SELECT 1 FROM cases WHERE code = ?', (body.code,)).fetchone():\n        return\n"
           "    item, device = hub.item(body.item, body.item_version), devices.get(db, kept.device)\n",
           P + "test_a_readable_form_under_a_printed_code_is_another_case"),
    Mutant("opened apart from its case", "sync/hub/open.py",
           '    settled = envelopes.mark(db, kept.name, "opened")\n    if settled and kept.kind',
           '    settled = envelopes.mark(db, kept.name, "opened")\n'
           "    db.execute('COMMIT')\n    db.execute('BEGIN IMMEDIATE')\n    if settled and kept.kind",
           D + "test_a_hub_that_goes_off_while_it_opens_loses_no_case"),
    Mutant("what follows is done before the envelope is marked", "sync/hub/open.py",
           '        settled = envelopes.mark(db, kept.name, "unopenable")\n        if settled:\n            _cannot',
           '        settled = envelopes.mark(db, kept.name, "unopenable")\n        if True:\n            _cannot',
           R + "test_two_opening_workers_make_each_form_one_case_and_one_word"),
    Mutant("what cannot be opened waits", "sync/hub/open.py",
           '        settled = envelopes.mark(db, kept.name, "unopenable")\n', "        settled = False\n",
           P + "test_a_poisonous_form_stops_nothing_and_its_verdict_is_visible"),
    Mutant("a track key that nobody can seal to becomes a case", "sync/hub/open.py",
           '        seal(body.track, STATUS_INFO, b"")\n', "        pass\n",
           P + "test_a_form_that_nobody_could_be_answered_about_is_no_case"),
    Mutant("an amendment moves somebody else's case", "sync/hub/open.py",
           "if case is not None and case.track != body.track:", "if False:",
           P + "test_an_amendment_of_somebody_else_moves_no_case"),
    Mutant("a deadline by the machine's wrong clock", "sync/hub/legal_clock.py",
           "return captured_at if enrolled_at <= captured_at <= received_at else received_at", "return captured_at",
           X + "test_a_wrong_clock_moves_no_deadline"),
    Mutant("a revoked machine's forms become cases", "sync/hub/admit.py",
           'state = "set_aside" if device.state == "revoked" else', 'state = "never" if False else',
           X + "test_what_a_revoked_machine_sends_is_kept_and_is_no_case"),
    Mutant("an unknown kind is refused", "sync/hub/admit.py",
           '"held" if known else "unknown_kind"', '"held"',
           X + "test_what_must_be_understood_waits_for_a_newer_hub"),
    Mutant("the line down is followed by number", "sync/hub/admit.py",
           "if down.chain_at(db, device.device, asked.n) == asked.chain:", "if asked.n <= end.n:",
           R + "test_the_line_down_is_compared_by_chain_and_not_by_number"),
    Mutant("an echo is not owed", "sync/agent/pull.py",
           'facts.put(db, "echo_owed", b"")', "pass",
           R + "test_verdicts_that_the_hub_lost_come_home_from_the_machines"),
    Mutant("an echo is owed in memory only", "sync/agent/pull.py",
           'facts.put(db, "echo_owed", b"")', "site.__dict__['owed'] = True",
           R + "test_an_echo_is_owed_until_a_signed_reply_took_it"),
    Mutant("all echoes in one message", "sync/agent/push.py",
           "        if echoes and size > batch_bytes:\n            return echoes, last\n", "",
           R + "test_many_verdicts_come_home_in_parts_that_a_line_can_carry"),
    Mutant("decided twice: the later one wins", "sync/hub/echo.py",
           "        if same.word != body.word:\n            _decided_twice(hub, db, subject, body, same.word)\n", "",
           R + "test_what_was_decided_twice_is_decided_by_a_person_one_step_higher"),
    Mutant("the number is shown before the commit", "edge/desk/lodge.py",
           "    return draft.commit(site, idempotency_key, content, catalogue)\n",
           "    import threading\n"
           "    threading.Timer(0.3, draft.commit, (site, idempotency_key, content, catalogue)).start()\n"
           "    at = moment(0)\n"
           "    return Lodged('later', draft.record.code, State.QUEUED, at, item.code, '', date(2026, 1, 1))\n",
           D + "test_what_is_told_stands_in_the_file_whole"),
    Mutant("the print job stands outside the transaction", "edge/desk/lodge.py",
           "            jobs.add(db, job, PRINT,",
           SPLIT + "            jobs.add(db, job, PRINT,",
           D + "test_wherever_the_plug_is_pulled_all_of_a_form_is_there_or_nothing"),
    Mutant("the answer to a repeated key stands outside the transaction", "edge/desk/lodge.py",
           "            if key:\n                box",
           SPLIT + "            if key:\n                box",
           D + "test_wherever_the_plug_is_pulled_all_of_a_form_is_there_or_nothing"),
    Mutant("a repeated key is not looked up", "edge/desk/lodge.py",
           "if idempotency_key and (earlier := _earlier(site, idempotency_key, content)):",
           "idempotency_key = None\n    if idempotency_key and (earlier := _earlier(site, idempotency_key, content)):",
           D + "test_the_same_key_gets_the_same_receipt_also_after_a_restart"),
    Mutant("a repeated key answers for any content", "edge/desk/lodge.py",
           "if kept.content != content:", "if False:",
           D + "test_the_same_key_for_another_form_is_refused"),
    Mutant("a small batch carries nothing", "sync/agent/push.py",
           "if run.envelopes and size > batch_bytes:", "if size > batch_bytes:",
           D + "test_a_message_carries_at_least_one_envelope"),
    Mutant("a bare 403 is obeyed", "sync/agent/round.py",
           "        self.pace = self.pace.failed()\n",
           "        self.pace = self.pace.failed()\n"
           "        if isinstance(fault, Problem) and fault.facts.get('http_status') == 403:\n"
           "            with self.site.store.write() as db:\n"
           "                push.start_anew(self.site, db, 'refused')\n",
           L + "test_a_bare_403_sets_the_pace_and_nothing_else"),
    Mutant("a status by the later time", "edge/records/statuses.py",
           "WHERE excluded.step > statuses.step", "WHERE excluded.came_at >= statuses.came_at",
           X + "test_a_lower_step_that_comes_later_is_ignored"),
    Mutant("a reply is not verified", "sync/protocol/exchange.py",
           "    opened.verify(hub)\n", "",
           L + "test_a_true_receipt_in_a_forged_message_is_no_reply"),
    Mutant("a question is not verified", "sync/hub/admit.py",
           "        opened.verify(device.public)\n", "",
           D + "test_a_question_that_its_device_did_not_sign_stores_nothing"),
    Mutant("a receipt of another machine is believed", "sync/agent/push.py",
           "if ack.device == site.identity.device and ack.hub == site.identity.hub_id:", "if True:",
           "tests/sync/test_belief.py::test_a_receipt_names_the_machine_that_it_is_for"),
    Mutant("message numbers are not durable", "sync/agent/push.py",
           '        facts.put(db, "message_number", number)\n', "",
           R + "test_the_number_of_a_message_is_never_used_twice"),
    Mutant("what this version cannot read stops the line down", "edge/desk/receive.py",
           "    except (msgspec.DecodeError, Faulty, ValueError, OverflowError):", "    except ZeroDivisionError:",
           X + "test_what_the_machine_cannot_read_stops_nothing_behind_it"),
    Mutant("the root on the ticket is not compared", "sync/agent/enrol.py",
           "if root_letters(root_hash(keys.root)) != ticket.root:", "if False:",
           E + "test_someone_in_the_middle_with_keys_of_his_own_is_refused"),
    Mutant("tries of a ticket are not counted", "sync/hub/enrol.py",
           "        _count_try(hub, request.ticket)\n", "",
           E + "test_after_five_wrong_tries_the_ticket_is_dead"),
]


def main(words: str = "") -> int:
    """Plant each bug, run its test, say which were caught."""
    chosen = [one for one in MUTANTS if words in one.name]
    with tempfile.TemporaryDirectory(prefix="yizhan-mutants-") as place:
        copy = Path(place)
        for part in PARTS:
            _copy(ROOT / part, copy / part)
        sound = _run(copy, sorted({one.test for one in chosen}))
        if sound.returncode:
            print(sound.stdout[-3000:], "the tests fail without a planted bug", sep="\n")  # noqa: T201 - a command
            return 2
        caught = [_is_caught(copy, one) for one in chosen]
    print(f"mutants: caught {sum(caught)} of {len(chosen)}")  # noqa: T201 - a command
    return 0 if all(caught) else 1


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy2(source, target)


def _is_caught(copy: Path, mutant: Mutant) -> bool:
    path = copy / mutant.file
    sound = path.read_text("utf-8")
    if sound.count(mutant.old) != 1:
        print(f"LOST    {mutant.name}: {mutant.file} does not hold its text once", flush=True)  # noqa: T201 - a command
        return False
    path.write_text(sound.replace(mutant.old, mutant.new), "utf-8")
    try:
        caught = _run(copy, [mutant.test]).returncode == FAILED
    finally:
        path.write_text(sound, "utf-8")
    print(f"{'caught ' if caught else 'ALIVE  '} {mutant.name}", flush=True)  # noqa: T201 - a command
    return caught


def _run(copy: Path, tests: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-B", "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests], cwd=copy, text=True,
        capture_output=True, timeout=LONGEST_SECONDS, check=False)


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:])))
