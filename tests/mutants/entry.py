"""Entry without a keyboard and reading aloud."""

from tests.mutants.mutant import Mutant

H, A, V = "tests/browser/test_handwriting.py::", "tests/browser/test_aloud.py::", "tests/kiosk/test_voice.py::"
P, R = "tests/domain/test_pinyin.py::", "tests/machine/test_rare_characters.py::"

MUTANTS = [
    Mutant("ink of a finger is taken for a swipe", "static/kiosk/ink_box.mjs",
           '    this.box.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });\n', "",
           H + "test_more_candidates_come_in_the_place_of_the_box"),
    Mutant("ink that was not chosen is lost without a word", "static/kiosk/handwriting.mjs",
           "if (!this.pad.strokes.length || !goes) return;", "return;",
           H + "test_what_was_written_and_not_chosen_is_not_lost_without_a_word"),
    Mutant("half of a rare character is erased", "static/kiosk/handwriting.mjs",
           '([...value.slice(0, start)].pop() || "").length', "1", H + "test_a_rare_character_is_erased_whole"),
    Mutant("the order of strokes counts", "static/kiosk/recogniser.mjs",
           "    const [ax, ay] = stroke[i - 1], [bx, by] = stroke[i];\n"
           "      const long", "    const [ax, ay] = strokes[0][0], [bx, by] = stroke[i];\n      const long",
           H + "test_the_last_stroke_may_come_first"),
    Mutant("a page is read before somebody asks", "static/kiosk/voice.js",
           'if (button.dataset.aloud === "yes") read();', "read();", A + "test_nothing_is_read_before_somebody_asks"),
    Mutant("the error is read after the question", "static/kiosk/voice.js", "[FAULTS, PARTS]", "[PARTS, FAULTS]",
           A + "test_an_error_is_read_first_and_by_itself_once_somebody_asked"),
    Mutant("only the bold words of a sentence are read", "static/kiosk/voice.js",
           "? sentences(part.innerText)", "? sentences((part.querySelector('b') || part).innerText)",
           A + "test_a_sentence_is_read_whole_over_its_bold_words_and_the_one_behind_them_too"),
    Mutant("what was typed is read aloud", "static/kiosk/voice.js",
           "    .filter((part) => part.getClientRects().length).flatMap(said);",
           "    .filter((part) => part.getClientRects().length).flatMap(said)\n"
           '    .concat(document.querySelector("#f-name").value);',
           A + "test_what_was_typed_is_neither_spoken_nor_asked_for"),
    Mutant("a recording is heard only after the next start", "edge/kiosk/voice.py",
           "(folder, folder.stat().st_mtime_ns)", "(folder, 0)",
           V + "test_a_recording_that_comes_while_the_machine_runs_is_heard"),
    Mutant("the shipped voice wins over the county's", "edge/kiosk/voice.py",
           'return [own / "voice", program / "voice", SAMPLES]', 'return [SAMPLES, program / "voice", own / "voice"]',
           V + "test_the_countys_recording_wins_over_the_shipped_one"),
    Mutant("streets are not composed", "edge/domain/pinyin.py", "*places[:2], ", "",
           P + "test_a_street_is_composed_from_a_word_and_what_streets_end_with"),
    Mutant("a rare character goes to the printer as four bytes", "edge/machine/slip.py",
           "if len(code) <= 2:", "if code:", R + "test_a_character_that_the_printer_lacks_is_drawn_in_its_place"),
    Mutant("Enter changes the size of the letters", "edge/kiosk/templates/kiosk/_parts.html",
           '{% if form %}<button class="vh"', '{% if not form %}<button class="vh"',
           "tests/browser/test_touch.py::test_enter_goes_on"),
]
