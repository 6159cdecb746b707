"""What was promised about forms: rows, signatures, what is computed, what only registers, and what 0.1 published."""

from tests.mutants.mutant import Mutant

GROUPS, STROKES = "tests/domain/test_groups.py::", "tests/domain/test_strokes.py::"
PACKING, ITEMS = "tests/domain/test_packing.py::", "tests/domain/test_thirty_items.py::"
CATALOGUE, KIOSK = "tests/domain/test_catalogue.py::", "tests/kiosk/test_every_item.py::"
SCREENS, CONSOLE = "tests/kiosk/test_check_screens.py::", "tests/console/test_by_hand.py::"

JOURNEYS = "tests/kiosk/test_journeys.py::"

MUTANTS = [
    Mutant("whoever cannot apply is not led to what they can", "edge/domain/answers.py",
           "    instead = list(dict.fromkeys(one.go", "    instead = list(dict.fromkeys(\"\"",
           JOURNEYS + "test_what_cannot_be_applied_for_leads_to_what_can"),
    Mutant("a group may be empty", "edge/domain/form_walk.py",
           "        return None, (None if group.optional else missing(group))\n    if not isinstance(raw, list)",
           "        return None, None\n    if not isinstance(raw, list)",
           GROUPS + "test_what_is_wrong_in_a_row_says_which_row"),
    Mutant("a row keeps what it was not asked", "edge/domain/form_walk.py",
           "        if one.when and not condition(one.when).holds(seen, today):\n            continue\n", "",
           GROUPS + "test_a_question_that_a_row_does_not_ask_counts_as_not_given"),
    Mutant("the second of two numbers is not compared", "edge/domain/typed_number.py",
           "    if first == again:\n", "    if first:\n", GROUPS + "test_each_kind_is_read_or_says_what_is_wrong"),
    Mutant("a signature keeps every point of the pen", "edge/domain/strokes.py",
           "    return written(thin), None\n", "    return written(strokes), None\n",
           STROKES + "test_points_on_a_line_are_dropped_and_a_long_curve_stays_small"),
    Mutant("a dot is a signature", "edge/domain/strokes.py",
           "< LEAST_INK", "< 0", STROKES + "test_what_is_no_signature_is_refused"),
    Mutant("what 0.1 packed no longer opens", "edge/domain/field_codecs.py",
           "DAY_BITS, MONTH_BITS, REGION_BITS = 18, 13, 40", "DAY_BITS, MONTH_BITS, REGION_BITS = 19, 13, 40",
           PACKING + "test_what_the_first_version_published_and_packed_still_opens"),
    Mutant("a compiled catalogue is always believed", "edge/domain/catalogue_compiled.py",
           "return compiled if compiled.made_from == fingerprint(folder) else None", "return compiled",
           CATALOGUE + "test_a_compiled_file_is_not_believed_after_a_change"),
    Mutant("the income of a family is that of its first member", "edge/domain/conditions.py",
           "else sum(numbers)\n", "else numbers[0]\n", ITEMS + "test_the_income_a_head_is_computed_over_the_family"),
    Mutant("a registered card loss is received as done", "edge/kiosk/templates/kiosk/receipt.html",
           "{{ _('尚未生效') if item.live else _('不是受理通知书') }}", "{{ _('不是受理通知书') }}",
           KIOSK + "test_a_lost_card_shows_the_phones_large_and_registering_blocks_nothing"),
    Mutant("a card is taken out at the first touch", "edge/kiosk/rows.py",
           "    if draft.part.get(mark) != str(number):\n        draft.part[mark] = str(number)\n        return\n"
           "    draft.part.pop(mark)\n", "",
           KIOSK + "test_a_card_is_changed_and_taken_out_at_the_second_touch"),
    Mutant("a changed card swallows the one before it", "edge/kiosk/rows.py",
           "    rows[row.number - 1:row.number] = [done]\n",
           "    rows[max(row.number - 1 - row.again, 0):row.number] = [done]\n",
           KIOSK + "test_a_changed_card_stays_in_its_place_and_no_other_is_touched"),
    Mutant("a card that is added swallows the one before it", "edge/kiosk/rows.py",
           "    rows[row.number - 1:row.number] = [done]\n",
           "    rows[max(row.number - 2 + row.again, 0):row.number] = [done]\n",
           KIOSK + "test_a_changed_card_stays_in_its_place_and_no_other_is_touched"),
    Mutant("a card number is typed once", "edge/kiosk/fill.py",
           "    if asked.twice and _typed_once(current, asked, raw):\n", "    if False:\n",
           KIOSK + "test_a_number_that_is_typed_otherwise_the_second_time_is_asked_again"),
    Mutant("an appointment is stepped to a day off", "edge/kiosk/stepping.py",
           "    if asked.workday and which == 2:\n", "    if False:\n",
           KIOSK + "test_an_appointment_steps_over_days_off_and_never_into_the_past"),
    Mutant("looking for more forgets what was ticked", "edge/kiosk/listed.py",
           "            draft.raw[asked.key] = request.form.getlist(name)\n", "            pass\n",
           KIOSK + "test_a_long_list_is_narrowed_by_writing_and_keeps_what_is_ticked"),
    Mutant("a promise is ticked with the rest", "edge/kiosk/form.py",
           'return field.kind == "declaration" and not field.when', 'return field.kind == "declaration"',
           KIOSK + "test_what_is_promised_only_in_some_cases_has_its_own_page"),
    Mutant("long words weigh nothing on the check page", "edge/kiosk/check_lines.py",
           "    return 1 + max(0, -(-(rows - FREE_LINES) // 2))\n", "    return 1\n",
           SCREENS + "test_long_words_weigh_more"),
    Mutant("signatures are seen without a reason", "sync/console/casework.py",
           "    return Answer(one.key, tr(one.label), \"\", masked, changed, rows, () if masked else ink)\n",
           "    return Answer(one.key, tr(one.label), \"\", masked, changed, rows, ink)\n",
           CONSOLE + "test_a_family_is_shown_row_by_row_masked_with_what_was_computed"),
]
