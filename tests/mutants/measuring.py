"""Bugs that leave a figure which looks sound."""

from tests.mutants.mutant import Mutant

MUTANTS = [
    Mutant("a tenth of the forms has more photos than a tenth", "bench/links.py",
           "        return (at + 1) * self.photos // self.forms > at * self.photos // self.forms\n",
           "        return self.photos > 0 and at % 3 == 0\n",
           "tests/house/test_measuring.py::test_of_any_ten_forms_as_many_have_a_photo_as_of_all"),
    Mutant("a stream that broke counts as one that arrived", "bench/links.py",
           "            if came == size:\n", "            if came:\n",
           "tests/house/test_measuring.py::test_a_stream_has_arrived_when_all_of_it_has"),
]
