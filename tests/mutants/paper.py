"""Slips, readers and the devices that are tested by hand."""

from tests.mutants.mutant import Mutant

K, R = "tests/kiosk/test_card.py::", "tests/machine/test_card_readers.py::"
D, A = "tests/kiosk/test_devices.py::", "tests/kiosk/test_print_again.py::"
V, C = "tests/sync/test_verify.py::", "tests/sync/test_codes.py::"

MUTANTS = [
    Mutant("the signature on a slip is not checked", "edge/domain/receipt.py",
           "return public is not None and verify(public, self.signature, _SIGNED + self.body)", "return True",
           V + "test_a_changed_slip_and_one_of_a_known_machine_with_another_key_are_refused"),
    Mutant("slips of a machine that was struck off are true for ever", "edge/domain/genuine.py",
           "late = by.revoked_at and claim.statement.at >= by.revoked_at", "late = False",
           C + "test_what_a_machine_signed_after_it_was_struck_off_is_doubtful"),
    Mutant("the other sites are not told who was struck off", "sync/hub/revoke.py",
           "            tell_struck_off(hub, db, device)\n", "",
           V + "test_slips_from_before_a_machine_was_struck_off_stay_true_and_later_ones_do_not"),
    Mutant("the card of whoever stood here before fills the next form", "edge/kiosk/card.py",
           "    reader.clear()\n", "", K + "test_the_card_of_whoever_stood_here_before_fills_nothing"),
    Mutant("the number of a card counts before the person has seen it", "edge/kiosk/rows.py",
           "    row.raw[asked.key] = raw\n\n\ndef _here", "    row.given[asked.key] = raw\n\n\ndef _here",
           K + "test_a_card_fills_a_member_of_the_family_and_not_the_one_before"),
    Mutant("a phone reads the card of the person at the machine", "edge/kiosk/site_here.py",
           "return found if request.remote_addr in AT_THE_MACHINE else None", "return found",
           K + "test_only_who_stands_at_the_machine_reads_cards"),
    Mutant("the checksum of a card's line is not compared", "edge/machine/card_reader.py",
           " or int(checksum, 16) != zlib.crc32(body.encode())", "", R + "test_a_torn_or_changed_line_is_no_card"),
    Mutant("the page for trying shows the whole number of a card", "edge/kiosk/staff_devices.py",
           "tail=card.number[-TAIL:]", "tail=card.number", D + "test_of_a_card_only_the_last_four_are_shown"),
    Mutant("a bad trial is kept as a good one", "edge/desk/tried.py",
           "Tried(site.now(), good, ", "Tried(site.now(), True, ",
           D + "test_the_word_about_each_device_is_kept_with_its_time"),
    Mutant("a second touch prints a second slip", "edge/kiosk/print_again.py",
           ' and printing(draft.lodged) == "failed"', "",
           A + "test_the_citizen_prints_once_more_what_did_not_come_out"),
    Mutant("a slip that is printed again has another QR", "edge/desk/print_again.py",
           "    at = seconds(found.lodged_at)\n", "    at = site.now()\n",
           A + "test_the_staff_print_it_by_number_and_see_nothing_of_it"),
    Mutant("numbers may be guessed where slips are printed again", "edge/kiosk/print_again.py",
           ",\n                               tries=visit().wrong_tries)", ")",
           A + "test_who_guesses_numbers_at_the_staffs_page_is_stopped"),
    Mutant("a result stays on the screen", "static/kiosk/brief.js",
           "if (!on) setTimeout(() => cover(true), Number(panel.dataset.brief) * 1000);", "",
           "tests/browser/test_brief.py::test_a_result_is_covered_after_half_a_minute_and_comes_back_at_a_touch"),
    Mutant("a queue that refused the page is taken for a print", "edge/machine/printer.py",
           "        if said.returncode:", "        if False:",
           "tests/machine/test_printers.py::test_a_queue_that_fails_and_a_machine_without_one_say_so"),
    Mutant("the band that says what a receipt is not is white on white", "edge/machine/sheet.py",
           "WIDTH - MARGIN, y + 80), fill=0)", "WIDTH - MARGIN, y + 80), fill=1)",
           "tests/machine/test_printers.py::test_the_page_is_one_of_a4_with_black_letters_inside_its_margins"),
]
