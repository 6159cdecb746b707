"""What was promised about measured use: counts that name nobody, delay nothing, and are summed once."""

from tests.mutants.mutant import Mutant

USE = "tests/kiosk/test_use.py::"

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
]
