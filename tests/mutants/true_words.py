"""Bugs that make the pages of county and kiosk say what is not so."""

from tests.mutants.mutant import Mutant

T = "tests/console/test_true_words.py::"

K = "tests/kiosk/test_"

MUTANTS = [
    Mutant("a full machine says behind its first page that it takes forms", "edge/kiosk/moon.py",
           "    return visit().practice or site().refusing().takes_forms\n", "    return True\n",
           K + "paper_way.py::test_whoever_is_past_the_first_page_reads_the_same_truth"),
    Mutant("a receipt promises an answer before the county has the form", "edge/kiosk/receipt.py",
           "        state not in DELIVERED,\n", "        False,\n",
           K + "journeys.py::test_no_answer_is_promised_and_no_other_station_named_before_the_county_has_it"),
    Mutant("a question to the county is called a form", "edge/kiosk/line.py",
           "if _without_forms(at, line) else", "if False else",
           K + "asking_the_county.py::test_a_question_to_the_county_is_no_form_under_way"),
    Mutant("dates that cannot be are answered with a proof", "sync/console/templates/console/proof.html",
           '{% if not fault %}<section class="card proof-card">', '{% if true %}<section class="card proof-card">',
           "tests/console/test_keeping.py::test_a_period_that_cannot_be_is_no_proof_of_anything"),
    Mutant("a paper that nobody saw is ticked off", "sync/console/casework.py",
           'Look("soon", "help", _("居民说带了，没有照片"))', 'Look("accepted", "yes", _("拍了照片"))',
           T + "test_a_paper_that_nobody_saw_is_not_ticked_off"),
    Mutant("another decision is taken for a second touch", "sync/console/case.py",
           "if mine and given and review.stands(view, given) else", "if mine else",
           T + "test_a_second_decision_is_told_that_it_was_not_sent_and_which_one_stands"),
    Mutant("who waits for a call is told to do nothing", "sync/console/preview.py",
           "    if item.live is None:", "    if True:",
           T + "test_who_waits_for_a_call_is_marked_and_reads_what_has_not_happened"),
    Mutant("who has phoned is told that the card works", "edge/kiosk/track.py",
           "tr(item.live.warning_at(tracked.warning))", "tr(item.live.warning)",
           K + "owed.py::test_the_warning_about_a_lost_card_follows_what_was_answered"),
    Mutant("papers left for later are forgotten while the case is tracked", "edge/desk/track.py",
           "        owed=_owed(record, decision), warning", "        owed=(), warning",
           K + "owed.py::test_papers_left_for_later_are_named_until_the_county_has_decided"),
    Mutant("a return forgets what was left for later", "sync/console/owed.py",
           "    return [key for key in owed_of(view.item, view.answers) if key in fields",
           "    return [key for key in () if key in fields",
           "tests/console/test_owed.py::test_papers_left_for_later_are_ticked_and_named_when_they_are_not"),
    Mutant("a slip of the pen makes a new place without a word", "sync/console/tickets.py",
           "        fresh=name not in known,", "        fresh=False,",
           T + "test_a_new_place_is_said_to_be_new_and_a_near_name_is_named"),
    Mutant("a county bears the sample's name whatever it was given", "sync/command/hub_commands.py",
           "structs.replace(county, name=Text(args.county, args.county))", "county",
           "tests/sync/test_publish_command.py::"
           "test_the_name_that_is_given_to_a_county_is_the_one_that_machines_and_console_show"),
]
