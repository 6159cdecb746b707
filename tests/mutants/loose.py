"""What was promised about chunks that travel beside the conversation."""

from tests.mutants.mutant import Mutant

L, W = "tests/sync/test_loose.py::", "tests/sync/test_loose_order.py::"

MUTANTS = [
    Mutant("loads before records", "sync/agent/round.py",
           "if may and lane.acked(db)[0] == lane.head(db).n and pieces_left(db):", "if may and pieces_left(db):",
           L + "test_forms_go_first"),
    Mutant("a machine that is struck off goes on sending photos", "sync/agent/round.py",
           " and not is_revoked(db)\n", "\n",
           L + "test_a_machine_that_was_struck_off_sends_no_load"),
    Mutant("a form that is lodged meanwhile waits for the loads", "sync/agent/loose.py",
           " or self.site.lodged.is_set()", "",
           L + "test_a_form_that_is_lodged_meanwhile_goes_before_the_next_load"),
    Mutant("what was sent counts as held", "sync/agent/loose.py",
           "held = sent.difference(within(want.missing, stored.items))", "held = sent",
           W + "test_what_the_hub_had_no_use_for_is_sent_again"),
    Mutant("any signed word counts for any load", "sync/protocol/loose.py",
           "    if head.load != load:", "    if False:",
           L + "test_the_word_about_another_load_is_not_believed"),
    Mutant("an unsigned word is believed", "sync/protocol/loose.py",
           "    opened.verify(hub)\n", "",
           L + "test_what_the_hub_did_not_say_is_not_believed"),
    Mutant("a stranger's load is stored", "sync/hub/loose.py",
           "if known is None or not _signed_by(opened, known.public):", "if known is None:",
           L + "test_a_stranger_brings_nothing_and_learns_nothing"),
    Mutant("loads do not count into a device's share", "sync/hub/loose.py",
           "        caps.count(hub, db, device, Share(0, sum(len(chunk.content) for chunk in chunks)))\n", "",
           L + "test_loads_count_into_what_a_device_may_bring"),
    Mutant("lists travel beside what only they can prove", "sync/agent/loose.py",
           " or any(load.alone for _, load in self.under_way.values())", "",
           W + "test_two_ways_at_once_bring_each_item_once"),
    Mutant("an overtaken answer takes back what another load brought", "sync/agent/loose.py",
           "ranges(set(stored.to_send) - held)", "want.missing",
           W + "test_an_answer_that_was_overtaken_takes_nothing_back"),
    Mutant("loads know no budget", "sync/agent/round.py",
           "cargo.Limits(self.door.allowance(self.site))", "cargo.Limits(None)",
           L + "test_windows_and_budgets_bind_loads_too"),
]
