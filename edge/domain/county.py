"""What differs from county to county, as data: departments, places, phones, amounts, holidays, life events.

Travels to the sites like an item. The sample in `edge/catalogue/county.yaml` is invented.
"""

from typing import Any

import msgspec

from edge.domain.deadline import CalendarYear, WorkingDays
from edge.domain.form import Choice
from edge.domain.text import Text

Params = dict[str, dict[str, Any]]
"""Item code → the county's own amounts and extensions: plain JSON, in conditions `local` and `params`."""


class _Data(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What all parts share: nothing unknown is accepted, nothing empty is written."""


class Department(_Data, frozen=True, kw_only=True):
    """A department that decides cases."""

    name: Text
    short: Text
    phone: str = ""


class Village(_Data, frozen=True, kw_only=True):
    """A village or neighbourhood: its 12-digit statistical code and its name."""

    code: str
    name: Text


class Town(_Data, frozen=True, kw_only=True):
    """A town or subdistrict (9 digits) with its villages."""

    code: str
    name: Text
    villages: tuple[Village, ...]


class Place(_Data, frozen=True, kw_only=True):
    """Where machines stand: a county hall, a town centre or a bank outlet."""

    key: str
    name: Text
    kind: str
    town: str
    address: Text
    phone: str = ""
    profile: str = ""


class Profile(_Data, frozen=True, kw_only=True):
    """Which items the machines of a kind of place show: those named in `items`, or all; never those in `without`.

    `kinds` are kinds of places; a place that names its `profile` has that one.
    """

    key: str
    name: Text
    kinds: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def shows(self, code: str) -> bool:
        """Tell if an item is shown where this profile holds."""
        return code not in self.without and (not self.items or code in self.items)


class Phone(_Data, frozen=True, kw_only=True):
    """A number to show in large type."""

    key: str
    name: Text
    number: str


class LifeEvent(_Data, frozen=True, kw_only=True):
    """What happened in a family, and so which items to look at: a tile of the first page.

    `first` names the items that most people come for, in that order; the others follow, the easiest first.
    """

    key: str
    name: Text
    hint: Text
    icon: str = ""
    first: tuple[str, ...] = ()


class County(_Data, frozen=True, kw_only=True):
    """One county's data; `lists` are the options of fields with `choices_from`."""

    code: str
    version: int
    name: Text
    departments: dict[str, Department]
    towns: tuple[Town, ...]
    places: tuple[Place, ...] = ()
    profiles: tuple[Profile, ...] = ()
    phones: tuple[Phone, ...] = ()
    lists: dict[str, tuple[Choice, ...]] = {}
    local_params: Params = {}
    events: tuple[LifeEvent, ...] = ()
    calendar: tuple[CalendarYear, ...] = ()
    notes: tuple[str, ...] = ()

    def village(self, code: str) -> tuple[Town, Village] | None:
        """Return the town and the village of a 12-digit code, or None where the county has no such village."""
        for town in self.towns:
            for village in town.villages:
                if village.code == code:
                    return town, village
        return None

    def profile_of(self, place: Place | None) -> Profile | None:
        """Return the profile of a place, or None where it shows everything."""
        if place is None:
            return None
        named = [one for one in self.profiles if one.key == place.profile]
        return next(iter(named or [one for one in self.profiles if place.kind in one.kinds]), None)

    def working_days(self) -> WorkingDays:
        """Return which days are worked, by the calendar that was published with this county's data."""
        return WorkingDays.from_data(self.calendar)

    def params(self, item: str) -> dict[str, Any]:
        """Return the county's own amounts and extensions for one item."""
        return self.local_params.get(item, {})
