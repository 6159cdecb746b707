"""Bugs in what a person says about an act: the audit keeps it for good."""

from tests.mutants.mutant import Mutant

D = "tests/domain/test_reason.py::"
E = "tests/console/test_erase.py::"

MUTANTS = [
    Mutant("the audit keeps the ID number of whom the law lets forget", "sync/hub/reason.py",
           "    if holds_a_number(why):", "    if False:",
           E + "test_no_act_with_a_reason_takes_a_number_of_a_person"),
    Mutant("the audit keeps the name of whom the law lets forget", "sync/hub/case_reason.py",
           "    if any(holds_a_name(why, name) for name in _names(hub, case)):", "    if False:",
           E + "test_what_the_audit_keeps_for_good_names_nobody"),
    Mutant("a number in Chinese characters is none", "edge/domain/reason.py",
           'normalize("NFKC", words).translate(_BY_WORD)', 'normalize("NFKC", words)',
           D + "test_a_number_of_a_person_is_found_however_it_is_written"),
    Mutant("anything may be called a field in the audit", "sync/console/case.py",
           "    if item is None or key not in {one.key for one in form_fields(item)}:", "    if item is None:",
           "tests/console/test_cases.py::test_what_is_no_field_of_the_form_does_not_get_into_the_audit"),
    Mutant("any number may be called a photo in the audit", "sync/console/photos.py",
           "<int(max=999):number>", "<int:number>",
           "tests/console/test_cases.py::test_a_number_that_no_page_has_is_not_found_and_stays_out_of_the_audit"),
]
