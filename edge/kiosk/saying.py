"""The words of the screens, in the language of the visit; zh_CN is the source, and what is written in the code."""

from flask_babel import gettext


def _(words: str, **values: object) -> str:
    """Return the words in the visit's language, with `values` put in by name."""
    return str(gettext(words, **values))
