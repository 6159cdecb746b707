"""Words in the two languages of the product."""

import re
from collections.abc import Mapping

import msgspec

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_SLOT = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One sentence or label, in plain Chinese (the source) and in English."""

    zh: str
    en: str

    def in_(self, lang: str) -> str:
        """Return the words for `lang`: "en" is English, everything else is Chinese."""
        return self.en if lang == "en" else self.zh

    def both(self) -> str:
        """Return the words in both languages, Chinese first: for those who write items."""
        return f"{self.zh} {self.en}"

    def joined(self, other: "Text") -> "Text":
        """Return this text with another one behind it."""
        return Text(self.zh + other.zh, self.en + other.en)

    def filled(self, facts: Mapping[str, object]) -> "Text":
        """Return the same text with each `{name}` replaced by that fact; an unknown name stays as it is.

        A day is put as people say it: 2026-11-23 becomes 2026年11月23日 in Chinese.
        """
        if "{" not in self.zh and "{" not in self.en:
            return self

        def put(found: re.Match[str]) -> str:
            value = facts.get(found[1])
            return found[0] if value is None else str(value)

        def put_zh(found: re.Match[str]) -> str:
            day = _DAY.fullmatch(put(found))
            return f"{day[1]}年{int(day[2])}月{int(day[3])}日" if day else put(found)

        return Text(_SLOT.sub(put_zh, self.zh), _SLOT.sub(put, self.en))

    def slots(self) -> set[str]:
        """Return the names that stand in braces."""
        return set(_SLOT.findall(self.zh)) | set(_SLOT.findall(self.en))
