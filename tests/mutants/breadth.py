"""Bugs in what a kind of place shows and in what an item refuses or leads to."""

from tests.mutants.mutant import Mutant

PROFILES, OFFERED = "tests/domain/test_profiles.py::", "tests/domain/test_county_items.py::"
PEOPLE = "tests/domain/test_people_items.py::"

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
    Mutant("a man marries at 20", "edge/catalogue/items/MZ-07.yaml",
           "age(partner_id) >= (sex(partner_id) == 'male' ? 22 : 20)", "age(partner_id) >= 20",
           PEOPLE + "test_men_marry_from_22_and_women_from_20"),
    Mutant("help in old age begins at 59", "edge/catalogue/items/MZ-10.yaml",
           "  - must: age >= 60\n", "  - must: age >= 59\n",
           PEOPLE + "test_what_stops_an_item_says_why_and_nothing_else_does"),
    Mutant("a child is helped a year longer than the county pays", "edge/catalogue/items/CL-07.yaml",
           "kid_age < local.until_age", "kid_age <= local.until_age",
           PEOPLE + "test_what_stops_an_item_says_why_and_nothing_else_does"),
    Mutant("the lease of a shop is asked of those who have none", "edge/catalogue/items/RS-16.yaml",
           "    when: has_licence == true\n    may_defer: true\ncomputed", "    may_defer: true\ncomputed",
           PEOPLE + "test_what_stops_an_item_says_why_and_nothing_else_does"),
    Mutant("whoever earns less than the line is told that it is too much", "edge/catalogue/items/MZ-04.yaml",
           "month_head >= local.line", "month_head < local.line",
           PEOPLE + "test_the_countys_data_decide_ages_times_and_shares"),
    Mutant("only who got no message is warned of fraud", "edge/catalogue/items/GA-08.yaml",
           '  - must: "!got_message"\n', "  - must: got_message\n",
           PEOPLE + "test_what_is_told_does_not_refuse"),
    Mutant("the order that a life event gives is not kept", "edge/domain/catalogue.py",
           "first.index(item.code) if item.code in first else len(first)", "0",
           "tests/domain/test_catalogue.py::test_what_a_tile_names_stands_first_then_the_easiest"),
]
