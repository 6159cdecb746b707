"""Bugs in what a kind of place shows and in what an item refuses or leads to."""

from tests.mutants.mutant import Mutant

PROFILES, OFFERED = "tests/domain/test_profiles.py::", "tests/domain/test_county_items.py::"

MUTANTS = [
    Mutant("the hall shows what needs a witness", "edge/catalogue/profiles.yaml",
           "    RS-04, RS-11,", "    RS-04, RS-06, RS-11,",
           PROFILES + "test_nobody_has_to_be_beside_the_machines_of_the_hall"),
    Mutant("a profile names an item that is not there", "edge/catalogue/profiles.yaml",
           "    RS-04, RS-11,", "    RS-04, RS-99, RS-11,",
           PROFILES + "test_a_profile_names_items_that_are_there_and_none_twice"),
    Mutant("a profile lists what its kind of place takes away", "edge/domain/county.py",
           "return code not in self.without and (not self.items or code in self.items)", "return not self.items",
           PROFILES + "test_a_kind_of_place_shows_as_many_items_as_it_promises"),
    Mutant("a cooperative of half farmers is taken", "edge/catalogue/items/SS-12.yaml",
           "* 5 >= length(members) * 4", "* 5 >= length(members) * 2",
           OFFERED + "test_a_cooperative_has_five_members_four_fifths_of_them_farmers"),
    Mutant("a share pledge is booked while a court holds the shares", "edge/catalogue/items/QY-09.yaml",
           '  - must: "!frozen"\n', '  - must: "!frozen"\n    kind: notice\n',
           OFFERED + "test_an_item_stops_where_it_cannot_be_granted"),
    Mutant("a loan still paid leads to the end of its mortgage", "edge/catalogue/items/GJ-05.yaml",
           "outcome.loan_state == 'done'", "outcome.loan_state == 'paid'",
           OFFERED + "test_what_follows_an_approval"),
]
