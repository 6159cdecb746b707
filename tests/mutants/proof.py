"""Bugs that make the proof of a period count wrongly."""

from tests.mutants.mutant import Mutant

T = "tests/sync/test_proof.py::"

MUTANTS = [
    Mutant("the proof counts places instead of names", "sync/hub/proof.py",
           "fresh = [name for name in held if name not in counted]", "fresh = list(held)",
           T + "test_a_copied_disk_makes_no_form_count_twice"),
    Mutant("a month counts again what an earlier one counted", "sync/hub/proof.py",
           "counted = {name for lane in found for name in lane.names[:lane.n0]}", "counted: set[bytes] = set()",
           T + "test_what_was_counted_in_one_period_is_not_counted_in_the_next"),
    Mutant("a lane that a machine left is under way for ever", "sync/hub/proof.py",
           "        lane.names = names", "        pass",
           T + "test_what_a_lane_left_behind_is_known_by_its_chain_on_the_next_one"),
    Mutant("what was read off a dead machine's disk is still said to lie there", "sync/hub/proof.py",
           "            _complete(row.device, lane, lifted)", "            pass",
           T + "test_what_was_read_off_a_dead_machines_disk_is_not_said_to_lie_there"),
    Mutant("the longest lane stands for all that is held of a machine", "sync/hub/tables/lanes.py",
           "    if len(ends) <= 1:\n        return sum(end.n for end in ends)",
           "    if ends:\n        return max(end.n for end in ends)",
           T + "test_a_copied_disk_makes_no_form_count_twice"),
]
