"""The proof as one file that needs nothing else: for the command line, for a drawer."""

from sync.console.app import STATIC, create_console
from sync.console.proof import write_sheet
from sync.hub.hub import Hub
from sync.hub.proof import Proof


def sheet(hub: Hub, made: Proof) -> str:
    """Return the sheet with its style inside."""
    with create_console(hub).test_request_context("/proof/sheet"):
        return write_sheet(hub, made, (STATIC / "console" / "sheet.css").read_text("utf-8"))
