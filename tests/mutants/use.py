"""What was promised about measured use: counts that name nobody, delay nothing, and are summed once."""

from tests.mutants.mutant import Mutant

USE, SYNC = "tests/kiosk/test_use.py::", "tests/sync/test_use.py::"
PAGE = "tests/console/test_use.py::"

MUTANTS = [
    Mutant("practice counts as use", "edge/kiosk/start.py",
           "    if not visit().practice:\n        visit().meter.begin", "    if True:\n        visit().meter.begin",
           USE + "test_practice_is_counted_apart_and_never_as_use"),
    Mutant("a visit that was forgotten is not counted", "edge/kiosk/visit.py",
           "            self._ended(self._open.pop(token))", "            self._open.pop(token)",
           USE + "test_a_visit_that_is_forgotten_was_left_where_it_stood"),
    Mutant("a count that cannot be written is an error", "edge/desk/count_use.py",
           "    except Problem as problem:\n", "    except KeyError as problem:\n",
           USE + "test_a_disk_that_refuses_counts_loses_them_and_nothing_else"),
    Mutant("a form that was handed in was left too", "edge/kiosk/meter.py",
           "LODGED)\n        self.form, self.at = None, \"\"\n", "LODGED)\n",
           USE + "test_a_form_that_is_handed_in_counts_each_question_once"),
    Mutant("a total that comes again is added", "sync/hub/tables/use.py",
           "WHERE excluded.revision > use_days.revision", "WHERE 1",
           SYNC + "test_an_older_total_that_comes_late_changes_nothing"),
    Mutant("counts are told before an answer came", "sync/agent/round.py",
           "sent.end_hash == told.question and USE in told.capabilities", "sent.end_hash == told.question",
           SYNC + "test_a_hub_that_keeps_no_counts_is_sent_none"),
    Mutant("counts travel beside a form", "sync/agent/push.py",
           "        idle = not run.envelopes and not load.chunks and not echoes\n", "        idle = True\n",
           SYNC + "test_a_form_goes_before_the_counts"),
    Mutant("a count that cannot be read turns the message away", "sync/protocol/exchange.py",
           "            with suppress(Faulty):\n", "            if True:\n",
           SYNC + "test_counts_that_cannot_be_read_stop_no_message"),
    Mutant("a reviewer sees the counts of other departments", "sync/console/use.py",
           'who.department not in ("", item.department)', "False",
           PAGE + "test_a_reviewer_sees_the_items_of_their_own_department_only"),
]
