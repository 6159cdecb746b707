"""Reasons that are kept for good: they say why, never who.

The audit cannot be shortened, so what a clerk writes into it must hold nobody's number and no name of the person.
"""

import re
import unicodedata

from edge.domain.identity import luhn_holds

_BY_WORD = str.maketrans("〇零一幺二三四五六七八九", "001123456789")
_GAP = r"[\s\u200b-\u200f\u2060\ufeff·•.\-\u2010-\u2015\u2212_/]{0,3}"
_MOBILE = re.compile(rf"(?<!\d)(?:(?:00|\+)?{_GAP}86{_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}(?!\d)")
_RUN = re.compile(rf"\d(?:{_GAP}\d)+")
LEAST_CARD, LEAST_NUMBER = 12, 15


def holds_a_number(words: str) -> bool:
    """Tell if `words` hold what may be an ID number, a mobile, a bank card or a disability number.

    However it is written: full-width digits, digits in Chinese characters, gaps, dashes and dots between them. From 15
    digits on every number counts (an old ID number has 15), from 12 on those with the check digit of a card. Days,
    hours, counts and the numbers of offices do not.
    """
    plain = unicodedata.normalize("NFKC", words).translate(_BY_WORD)
    runs = (re.sub(r"\D", "", found[0]) for found in _RUN.finditer(plain))
    return bool(_MOBILE.search(plain)) or any(
        len(run) >= LEAST_NUMBER or (len(run) >= LEAST_CARD and luhn_holds(run)) for run in runs)


def holds_a_name(words: str, name: str) -> bool:
    """Tell if `words` hold a person's name, with or without gaps in it; a name of one character is not looked for."""
    wanted = "".join(_letters(name))
    return len(wanted) > 1 and wanted in "".join(_letters(words))


def _letters(words: str) -> list[str]:
    return [letter for letter in unicodedata.normalize("NFKC", words).casefold() if letter.isalnum()]
