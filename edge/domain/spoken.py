"""What is read aloud: texts cut into sentences, and the name under which a sentence's recording is kept.

The browser cuts and names in the same way (`static/kiosk/voice.js`); a test holds both against each other.
"""

import re

_SENTENCE = re.compile(r"[^。？！；：…\n]+[。？！；：…]*")
_SPACE = re.compile(r"\s+")
_BASIS, _PRIME = 0xCBF29CE484222325, 0x100000001B3
_SLOT = re.compile(r"%\(|\{[a-z]|%s|%d")


def sentences(text: str) -> list[str]:
    """Return the sentences of a Chinese text, without spaces, in order; what holds no word is left out.

    Spaces go because a page breaks its lines where it likes, and a recording does not hear them.
    """
    bare = [_SPACE.sub("", part) for part in _SENTENCE.findall(text)]
    return [part for part in bare if re.search(r"[\w%]", part)]


def voice_name(sentence: str) -> str:
    """Return 16 hex digits: FNV-1a of the sentence's UTF-8, 64 bits.

    A recording is only ever looked up by it; nothing is protected by it, so a plain hash that a page computes in
    microseconds is enough. A test proves that no two sentences of the product share a name.
    """
    value = _BASIS
    for byte in sentence.encode("utf-8"):
        value = (value ^ byte) * _PRIME % (1 << 64)
    return f"{value:016x}"


def is_fixed(sentence: str) -> bool:
    """Tell whether a sentence is always the same: one with a number or a name put in cannot be recorded."""
    return _SLOT.search(sentence) is None and re.search("[\u4e00-\u9fff]", sentence) is not None
