"""What was promised about who hears of a new key set, and when."""

from tests.mutants.mutant import Mutant

K = "tests/sync/test_key_sets.py::"

MUTANTS = [
    Mutant("the others never hear of a machine among many", "sync/hub/chores.py",
           "    for chore in (tell_if_due, make_if_due):", "    for chore in (make_if_due,):",
           K + "test_sixty_that_join_are_told_to_each_other_in_a_few_key_sets"),
    Mutant("each that joins is told to all, however many there are", "sync/hub/keyring.py",
           "    if len(keys.devices) < FEW_DEVICES:\n", "    if keys.devices:\n",
           K + "test_sixty_that_join_are_told_to_each_other_in_a_few_key_sets"),
    Mutant("who was struck off is told six hours later", "sync/hub/keyring.py",
           "    _tell(hub, db, _publish(hub, db, newest_key_set(hub, db)), skip=device)",
           "    _publish(hub, db, newest_key_set(hub, db))",
           K + "test_a_machine_that_is_struck_off_is_told_to_all_at_once_among_many"),
    Mutant("a clock that fell back silences the key set for years", "sync/hub/keyring.py",
           "told.at <= hub.now() < told.at", "hub.now() < told.at",
           K + "test_a_clock_that_fell_back_by_years_silences_nobody"),
    Mutant("a restored hub forgets to tell whom the book struck off", "sync/hub/keyring.py",
           "    return told.version < keys.version or _stamped(db, keys) != keys",
           "    return told.version < keys.version",
           K + "test_a_restored_hub_tells_again_what_it_may_not_have_told"),
    Mutant("a key set of many machines goes down in one piece", "sync/hub/keyring.py",
           "    if len(raw) <= feed.LARGEST_IN_ENVELOPE:\n", "    if raw:\n",
           K + "test_a_key_set_that_no_envelope_holds_comes_down_in_chunks"),
    Mutant("a key set that came in chunks is not put together", "edge/desk/receive.py",
           '    if "blobs" in header.must_understand:', "    if False:",
           K + "test_a_key_set_that_no_envelope_holds_comes_down_in_chunks"),
    Mutant("older key sets on their way are waited for, for ever", "edge/desk/receive.py",
           "        if one.version < newest:\n            arriving.forget(db, one.blob)\n", "        pass\n",
           K + "test_of_several_large_key_sets_only_the_newest_is_fetched"),
    Mutant("who joins while papers are read is forgotten", "sync/hub/rejoin.py",
           "        known = newest_key_set(hub, db)\n        if not _tells_more(keys, known):\n            return\n",
           "        known = open_key_set(published.versions(db, 'key_set', '')[1].content)\n",
           "tests/sync/test_remembered.py::test_a_machine_that_joins_while_papers_are_read_is_not_forgotten"),
]
