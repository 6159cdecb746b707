"""What one visit counts of the forms that it fills: in memory, in numbers, handed over when the visit ends."""

from collections import Counter
from dataclasses import dataclass, field

from edge.desk.count_use import note
from edge.desk.site import Site
from edge.domain.use import ANSWERED, BEGUN, HELPED, LEFT, LODGED, PRACTISED, SHOWN, WAYS, WRONG, name, within

Form = tuple[str, int]
"""Code and version of an item."""


@dataclass
class Meter:
    """Counts by form. `way` is how the person came here last, `at` the question in front of them since `since`."""

    counts: dict[Form, Counter[str]] = field(default_factory=dict)
    way: str = ""
    form: Form | None = None
    at: str = ""
    since: float = 0.0

    def came(self, way: str) -> None:
        """Note how the person looks for an item."""
        self.way = way

    def begin(self, form: Form) -> None:
        """Note that a form was begun; the one before it, if unfinished, was left."""
        self.leave()
        self.form = form
        self._add("", BEGUN)
        if self.way in WAYS:
            self._add("", self.way)

    def show(self, asked: str, now: float) -> None:
        """Note that a question is shown; the same one again is still the same showing."""
        if self.form is not None and asked != self.at:
            self.at, self.since = asked, now
            self._add(asked, SHOWN)

    def take(self, asked: str, now: float) -> None:
        """Note that a question was answered."""
        if asked == self.at:
            self._add(asked, ANSWERED)
            self._add(asked, within(now - self.since))
            self.at = ""

    def refuse(self, asked: str) -> None:
        """Note that an answer was wrong, and the page says so."""
        if asked == self.at:
            self._add(asked, WRONG)

    def help(self) -> None:
        """Note that somebody was called while a question was shown."""
        if self.at:
            self._add(self.at, HELPED)

    def lodge(self) -> None:
        """Note that the form was handed in."""
        self._add("", LODGED)
        self.form, self.at = None, ""

    def leave(self) -> None:
        """Note that the person went away from the question in front of them."""
        if self.at:
            self._add(self.at, LEFT)
        self.form, self.at = None, ""

    def practise(self, form: Form) -> None:
        """Note a form that was practised to its end: counted apart, never as use."""
        self.counts.setdefault(form, Counter())[name("", PRACTISED)] += 1

    def hand_over(self) -> dict[Form, Counter[str]]:
        """Return all that was counted, and begin anew."""
        self.leave()
        counted, self.counts = self.counts, {}
        return counted

    def _add(self, asked: str, what: str) -> None:
        if self.form is not None:
            self.counts.setdefault(self.form, Counter())[name(asked, what)] += 1


def leave_counts(site: Site, meter: Meter) -> None:
    """Leave the counts of a visit that ended, to be written down later."""
    for (item, version), counts in meter.hand_over().items():
        note(site, item, version, dict(counts))
