"""How the pages of an application are made: templates compiled ahead, in the language of whoever asks.

Compiling a template takes ten times as long as filling it in, and the first citizen of the day waits for it. So
`make install` writes each one compiled beside its source (`home.html`, `home.htmlc`), as Python does with modules. What
stands there is only believed while it was made from the source as it is and by the same Python.
"""

from collections.abc import Callable
from pathlib import Path

from flask import Flask
from flask_babel import Babel
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket


class CompiledBeside(BytecodeCache):
    """Reads what was compiled ahead; writes nothing, since a program's folder need not be writable."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the name: the folder that the program is installed in may be any."""
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket if there is something of this very source; else the template is compiled now."""
        try:
            found = compiled_file(self._folder, bucket.key).read_bytes()
        except OSError:
            return
        bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep nothing."""


def compiled_file(folder: Path, name: str) -> Path:
    """Return where the compiled form of a template stands."""
    return folder / f"{name}c"


def compiled(env: Environment, name: str) -> bytes:
    """Return the compiled form of a template, the same bytes for the same source and Python."""
    assert env.loader is not None
    source, _, _ = env.loader.get_source(env, name)
    bucket = Bucket(env, name, CompiledBeside(Path()).get_source_checksum(source))
    bucket.code = env.compile(source, name, name)
    return bucket.bytecode_to_string()


def set_up_pages(app: Flask, locale: Callable[[], str]) -> None:
    """Give an application its templates and its languages; both stand in its own folder."""
    home = Path(app.root_path)
    app.config.update(BABEL_DEFAULT_LOCALE="zh_CN", BABEL_TRANSLATION_DIRECTORIES=str(home / "translations"))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.bytecode_cache = CompiledBeside(home / "templates")
    Babel(app, locale_selector=locale)
