"""Write all shipped items as one file that the program opens in milliseconds (`edge/domain/catalogue_compiled.py`)."""

from pathlib import Path

from edge.domain.catalogue import load_catalogue
from edge.domain.catalogue_compiled import NAME, Compiled, compiled_bytes, fingerprint

FOLDER = Path("edge/catalogue")


def main() -> None:
    """Read the files, with every check, and write the one file."""
    catalogue = load_catalogue(FOLDER)
    compiled = Compiled(fingerprint(FOLDER), catalogue.county, tuple(catalogue.items.values()))
    (FOLDER / NAME).write_bytes(compiled_bytes(compiled))


if __name__ == "__main__":
    main()
