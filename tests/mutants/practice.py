"""What was promised about practice, and about the next form of the same person."""

from tests.mutants.mutant import Mutant

PRACTICE, FIRST = "tests/kiosk/test_practice.py::", "tests/kiosk/test_first.py::"

AGAIN = "tests/kiosk/test_again.py::"

MUTANTS = [
    Mutant("what was written before is used by whoever comes next", "edge/kiosk/again.py",
           "    elif hmac.compare_digest(typed.encode(), here.said.tail.encode()):\n", "    elif typed:\n",
           AGAIN + "test_somebody_else_sees_nothing_and_begins_with_nothing"),
    Mutant("the tail may be guessed for ever", "edge/kiosk/again.py",
           "        if here.said.tries < TRIES:\n", "        if True:\n",
           AGAIN + "test_somebody_else_sees_nothing_and_begins_with_nothing"),
    Mutant("practice is handed in where the pages forget it", "edge/desk/practice.py",
           "    if _practice.get():\n", "    if False:\n",
           PRACTICE + "test_a_page_that_forgets_practice_still_hands_in_nothing"),
    Mutant("a request of practice does not say so", "edge/kiosk/practice.py",
           "    practising(has_visit() and visit().practice)\n", "    practising(False)\n",
           PRACTICE + "test_a_page_that_forgets_practice_still_hands_in_nothing"),
    Mutant("photos of practice are sealed", "edge/desk/attach.py",
           "    refuse_practice()\n    if not photos:", "    if not photos:",
           PRACTICE + "test_the_desk_takes_no_form_no_photo_and_no_correction_in_practice"),
    Mutant("a practice form is not marked", "edge/kiosk/templates/kiosk/base.html",
           "{% if visit.practice %}<div class", "{% if False %}<div class",
           PRACTICE + "test_every_page_of_practice_is_marked_and_no_other"),
    Mutant("what was practised is found in the real form", "edge/kiosk/guard.py",
           "    new.practice = practice\n", "    new.practice, new.draft = practice, old.draft\n",
           PRACTICE + "test_doing_it_in_earnest_begins_empty_and_is_taken"),
    Mutant("the first look cannot be skipped", "edge/kiosk/templates/kiosk/first.html",
           """<a class="button" href="/">{{ parts.icon('no') }}{{ _('不看了') }}</a>""", "",
           FIRST + "test_every_screen_can_be_left"),
]
