"""The one executable: puts the pieces together. The only file of `edge` that knows `sync`."""

import sys

from edge.machine import photo_child

if __name__ == "__main__":
    if sys.argv[1:] == [photo_child.WORD]:
        sys.exit(photo_child.main())   # before anything else is loaded: the child starts for every photo

    from sync.command.cli import main
    from sync.command.packaged import settle

    settle()
    sys.exit(main())
