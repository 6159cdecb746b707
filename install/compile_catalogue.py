"""Write all shipped items as one file that the program opens in milliseconds (`edge/domain/catalogue_compiled.py`)."""

from pathlib import Path

from edge.domain.catalogue import load_catalogue
from edge.domain.catalogue_compiled import NAME, Compiled, compiled_bytes, fingerprint

FOLDER = Path("edge/catalogue")


def main() -> None:
    """Read the files, with every check, and write the one file; leave it alone where it says the same."""
    catalogue = load_catalogue(FOLDER)
    compiled = Compiled(fingerprint(FOLDER), catalogue.county, tuple(catalogue.items.values()))
    data, file = compiled_bytes(compiled), FOLDER / NAME
    if not file.exists() or file.read_bytes() != data:
        file.write_bytes(data)


if __name__ == "__main__":
    main()
