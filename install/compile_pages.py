"""Compile every template beside itself: the program need not do it while a citizen waits. Part of `make install`.

A file that says the same is left alone, and what depends on it is not built again.
"""

from pathlib import Path

from flask import Flask
from jinja2 import Environment

from edge.ground.templates import compiled, compiled_file, set_up_pages

ROOMS = ("edge/kiosk", "sync/console")


def reader(room: Path) -> Environment:
    """Return what reads the pages of a room, as its application has it."""
    app = Flask(room.name, root_path=str(room.resolve()))
    set_up_pages(app, str)
    return app.jinja_env


def main() -> None:
    """Compile the pages of the kiosk and of the console."""
    for room in map(Path, ROOMS):
        env = reader(room)
        for name in env.list_templates(extensions=["html"]):
            data, to = compiled(env, name), compiled_file(room / "templates", name)
            if not to.exists() or to.read_bytes() != data:
                part = to.with_name(f".{to.name}.part")
                part.write_bytes(data)
                part.replace(to)


if __name__ == "__main__":
    main()
