"""What was promised about phones on the place's own network."""

from tests.mutants.mutant import Mutant

PHONES, SERVER = "tests/kiosk/test_phones.py::", "tests/kiosk/test_phone_server.py::"
WALLS, CROWD = "tests/kiosk/test_phone_walls.py::", "tests/kiosk/test_phone_crowd.py::"

MUTANTS = [
    Mutant("a code lets in a second phone", "edge/kiosk/invitations.py",
           "            found.spent = True\n", "            found.spent = False\n",
           PHONES + "test_a_code_lets_one_phone_in_and_no_second"),
    Mutant("a photographed code opens for ever", "edge/kiosk/invitations.py",
           "        if self._monotonic() - found.made >= GOOD_SECONDS:\n", "        if False:\n",
           PHONES + "test_a_code_that_was_photographed_is_soon_worth_nothing"),
    Mutant("a phone is told that the form is kept on the phone", "edge/kiosk/line.py",
           "if channel() == PHONE else", "if not PHONE else",
           PHONES + "test_a_phone_is_told_that_its_form_is_kept_at_the_station"),
    Mutant("whoever was not invited begins a visit", "edge/kiosk/guard.py",
           "    if entrance().door and (found is None or request.endpoint in entrance().open):\n", "    if False:\n",
           WALLS + "test_whoever_was_not_invited_gets_no_further_than_the_door"),
    Mutant("a phone is offered the staff's pages", "edge/kiosk/phone_app.py",
           "    line, problem_page, phone_door,\n)", "    line, problem_page, phone_door,\n    __import__(\n"
           '        "edge.kiosk.staff", fromlist=["bp"]),\n)',
           WALLS + "test_nothing_of_the_machine_is_offered_to_a_phone"),
    Mutant("phones are served to the whole world", "edge/kiosk/phone_app.py",
           "        if not is_near(address):\n", "        if False:\n",
           WALLS + "test_every_route_refuses_other_names_origins_and_networks"),
    Mutant("one phone hands in without end", "edge/kiosk/phone_app.py",
           "not self._lodging.take(guard.visit().token):\n", "False:\n",
           CROWD + "test_one_phone_cannot_fill_the_lane"),
    Mutant("a new phone ends the visit of another", "edge/kiosk/phone_door.py",
           "    if visits().is_full():\n", "    if False:\n",
           CROWD + "test_a_full_house_turns_new_phones_away_and_nobody_out"),
    Mutant("a photo that came takes its place for ever", "edge/kiosk/phone_app.py",
           "            self._uploading.release()\n", "            pass\n",
           CROWD + "test_few_photos_stand_in_memory_at_once_and_each_makes_room"),
    Mutant("waiting for a phone keeps the visit at the machine alive", "edge/kiosk/guard.py",
           '        "correct.after", "invite.code", "static",\n', '        "correct.after", "static",\n',
           PHONES + "test_waiting_for_a_phone_keeps_no_visit_alive"),
    Mutant("phones come in without TLS where nobody said so", "sync/command/phone_way.py",
           "    if not certificate and not args.phones_plain:\n", "    if False:\n",
           SERVER + "test_phones_are_let_in_only_by_a_certificate_or_in_so_many_words"),
    Mutant("a connection that says nothing takes a thread", "sync/command/phone_server.py",
           "            self.put_conn(conn)\n        else:\n            conn.close()",
           "            super().process_conn(conn)\n        else:\n            conn.close()",
           SERVER + "test_connections_that_say_nothing_hold_up_nobody_and_one_address_has_few"),
]
