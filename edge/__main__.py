"""The one executable: puts the pieces together. The only file of `edge` that knows `sync`."""

import sys

from sync.command.cli import main
from sync.command.packaged import settle

if __name__ == "__main__":
    settle()
    sys.exit(main())
