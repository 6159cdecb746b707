"""What one sort of refusal says, and the catalogue of all of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One sort of refusal: its name on the wire, its HTTP status, its words in both languages and its cure."""

    code: str
    status: int
    title_zh: str
    title_en: str
    cure_zh: str
    cure_en: str
    retry: bool = False


KINDS: dict[str, Kind] = {}
"""Every kind by its code."""


def add_kind(*words: str, status: int, retry: bool = False) -> Kind:
    """Put a kind into the catalogue.

    Args:
        words: code, title and cure, title before cure, Chinese before English.

    Raises:
        ValueError: a kind of this code stands there already.
    """
    code, title_zh, title_en, cure_zh, cure_en = words
    if code in KINDS:
        raise ValueError(f"problem {code} stands twice in the catalogue")
    kind = KINDS[code] = Kind(code, status, title_zh, title_en, cure_zh, cure_en, retry)
    return kind
