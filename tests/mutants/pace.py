"""What was promised about pace: who may set it, and what it binds."""

from tests.mutants.mutant import Mutant

PACE, LINE, CROWD, RULES, BARE = (f"tests/sync/test_{part}.py::" for part in (
    "pace", "returning_line", "crowd", "link_rules", "bare_codes"))

MUTANTS = [
    Mutant("who was told when to come waits for the outage as well", "sync/agent/pace.py",
           "failures = 0 if 0 < told <= MOST_TOLD", "failures = self.failures if 0 < told <= MOST_TOLD",
           PACE + "test_who_is_told_when_to_come_does_not_wait_for_the_outage_before_it"),
    Mutant("a refusal's time is not heard", "sync/agent/hub_link.py",
           '"retry_after_seconds": _retry_after(response)', '"retry_after_seconds": 0',
           "tests/faults/test_thousand.py::"
           "test_machines_that_come_back_at_once_are_all_through_though_the_hub_is_killed_in_their_midst"),
    Mutant("a hundred machines that stay connected shut out all others", "sync/command/serving.py",
           "connection_limit=connections, ", "",
           "tests/sync/test_ferry_web.py::test_machines_that_keep_their_connections_shut_nobody_out"),
    Mutant("each question leaves a line in the audit", "sync/agent/push.py",
           "        load.take_share(begin)\n",
           "        load.take_share(begin)\n        audit.note(db, site.now(), 'agent', 'ask', 'hub')\n",
           "tests/sync/test_growth.py::test_exchanges_that_are_cut_off_leave_both_sides_as_they_were"),
    Mutant("a message that was cut in its midst teaches nothing", "sync/agent/hub_link.py",
           'problem.facts["reached"] = True', "pass",
           "tests/sync/test_hub_link.py::"
           "test_a_message_cut_in_its_midst_counts_though_nobody_is_there_any_more"),
    Mutant("jitter removed: all wait equally long", "sync/agent/pace.py",
           "max(ceiling * chance, self.least_wait", "max(ceiling, self.least_wait",
           PACE + "test_the_wait_is_any_part_of_a_ceiling_that_doubles_up_to_half_an_hour"),
    Mutant("no offset of one's own: who was refused together comes back together", "sync/agent/pace.py",
           "self.least_wait + offset(device, self.least_wait))", "self.least_wait)",
           PACE + "test_those_who_were_refused_together_come_back_one_by_one"),
    Mutant("the hub's wait is ignored", "sync/agent/keep_talking.py",
           "        if outcome.wait_seconds > 0:", "        if False:",
           LINE + "test_the_hubs_wait_wins_over_a_form_that_was_just_lodged"),
    Mutant("a portal ends the back-off", "sync/agent/keep_talking.py",
           "if reached and not before:", "if reached:",
           LINE + "test_behind_a_portal_that_always_answers_the_wait_goes_on"),
    Mutant("a whole county comes back at once", "sync/agent/keep_talking.py",
           "                self._come_one_by_one(away)\n", "",
           LINE + "test_a_hub_that_was_away_is_not_overrun_by_its_whole_county"),
    Mutant("windows bind envelopes", "sync/agent/round.py",
           "next_place, room = session.before[0] + 1, session.pace.room(left_bytes(db))",
           "next_place, room = session.before[0] + 1, session.pace.room(left_bytes(db))\n"
           "    if session.blob_bytes == 0:\n        raise Problem(HUB_UNREACHABLE)",
           RULES + "test_outside_of_its_window_a_photo_waits_and_its_form_does_not"),
    Mutant("a clock that stands shuts the window for ever", "sync/agent/link_rules.py",
           "return max(running - self.shut_at, now - since) > LONGEST_SHUT_SECONDS",
           "return now - since > LONGEST_SHUT_SECONDS",
           RULES + "test_a_clock_that_never_shows_the_window_open_delays_a_photo_by_a_day_and_a_half"),
    Mutant("a bare 403 calls a machine unknown at once", "sync/agent/keep_talking.py",
           "            if shown and problem.facts", "            if problem.facts",
           "tests/sync/test_refused.py::"
           "test_who_is_refused_with_papers_shown_is_told_in_words_until_an_answer_comes"),
    Mutant("an answer does not end the word that a machine is unknown", "sync/agent/keep_talking.py",
           "        note_refused(self.agent.site, None)\n", "",
           "tests/sync/test_refused.py::"
           "test_who_is_refused_with_papers_shown_is_told_in_words_until_an_answer_comes"),
    Mutant("what was withheld is forgotten", "sync/agent/push.py",
           "            withheld.note(db, run.envelopes[0].name(site.identity.device), site.now())\n", "",
           BARE + "test_an_envelope_that_is_refused_three_times_lets_the_others_pass_and_is_owed"),
    Mutant("a header alone after one bare 400", "sync/agent/pace.py",
           "TRIES_AT_ONE = 3", "TRIES_AT_ONE = 1",
           PACE + "test_400_three_times_at_one_envelope_lets_its_header_travel_alone"),
    Mutant("a place at the hub is not given back", "sync/hub/ferry_web.py",
           "        hub.crowd.leave(hub.clock.monotonic())\n", "        pass\n",
           CROWD + "test_without_room_the_hub_refuses_before_it_looks_and_says_when_to_come"),
]
