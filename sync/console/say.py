"""Words of the pages in the language of the request. The Chinese text is the key; English stands in translations/en."""

from flask_babel import gettext


def say(words: str, **facts: object) -> str:
    """Return `words` in the language of the page, each `%(name)s` replaced by that fact."""
    return str(gettext(words, **facts))
