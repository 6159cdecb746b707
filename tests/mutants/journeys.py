"""Bugs that a whole journey at the glass, or the next citizen, must meet."""

from tests.mutants.mutant import Mutant

MATTERS = "tests/browser/journeys/test_whole_matters.py::test_a_whole_matter_from_the_first_page_to_the_county"
NOTHING_LEFT = "tests/browser/journeys/test_two_citizens.py::test_nothing_of_one_citizen_is_left_for_the_next"
PUT_RIGHT = "tests/kiosk/test_corrected.py::"

MUTANTS = [
    Mutant("the way back shows the citizen before", "edge/kiosk/leave.py",
           '    return wipe(make_response(redirect("/", 303)))', '    return make_response(redirect("/", 303))',
           NOTHING_LEFT),
    Mutant("a touch on 结束 wipes what was filled in", "edge/kiosk/leave.py",
           "== FROM_THE_DOCK and", "!= FROM_THE_DOCK and",
           "tests/kiosk/test_guard.py::test_the_docks_end_asks_before_it_wipes_what_is_not_handed_in"),
    Mutant("the browser is left to remember what was written", "edge/kiosk/templates/kiosk/_question.html",
           ' autocomplete="off" spellcheck="false">{% if asked.unit %}', ' spellcheck="false">{% if asked.unit %}',
           NOTHING_LEFT),
    Mutant("the browser stores what is typed on the keys", "static/kiosk/pads.js",
           "    put(target, whole, from + 1);\n",
           "    put(target, whole, from + 1);\n    sessionStorage.setItem(target.id, target.value);\n",
           MATTERS + "[SF-02 a phone]"),
    Mutant("what was typed is stored when its page is left", "static/kiosk/pads.js",
           "    pad.append(board);\n",
           "    pad.append(board);\n"
           '    addEventListener("pagehide", () => localStorage.setItem(first.id, segments(first)[0].value));\n',
           NOTHING_LEFT),
    Mutant("who acts for another is not in the envelope", "edge/desk/lodge.py",
           "track, pack_answers(item, answers), channel",
           'track, pack_answers(item, {key: answers[key] for key in answers if not key.startswith("agent_")}), channel',
           MATTERS + "[CL-10 an agent, who signs on the glass]"),
    Mutant("what was laid under the camera stays behind", "edge/kiosk/check_answers.py",
           "idempotency_key=draft.token, photos=current.photos(), paper=", "idempotency_key=draft.token, paper=",
           MATTERS + "[WJ-01 days reached by touch, papers under the camera]"),
    Mutant("the camera moves the buttons under a finger", "static/kiosk/photo.css",
           "  .live { order: 1; }", "",
           "tests/browser/test_camera.py::test_no_button_moves_under_a_finger_when_the_camera_speaks"),
    Mutant("a lost card is asked for", "edge/kiosk/card_place.py",
           "    if not item.card_reader or asked", "    if asked",
           "tests/kiosk/test_card.py::test_whoever_comes_for_a_lost_card_is_not_asked_for_it"),
    Mutant("that a case cannot be looked up is told in the place of what was put right", "edge/kiosk/check_answers.py",
           "    with suppress(Problem):\n", "    if True:\n", PUT_RIGHT
           + "test_what_was_put_right_is_told_though_the_case_cannot_be_looked_up_in_that_moment"),
    Mutant("a form that is filled anew never stops", "edge/kiosk/form.py",
           "        if self.only_asked:\n            return []\n"
           "        return check(self.item, dict(self.draft.given), site().catalogue().county, today()).stops\n",
           "        if self.draft.correcting:\n            return []\n"
           "        return check(self.item, dict(self.draft.given), site().catalogue().county, today()).stops\n",
           PUT_RIGHT + "test_a_form_that_is_filled_anew_stops_as_soon_as_it_cannot_be_applied_for"),
]
