"""The county's pages over the hub: cases, sites, items, audit, accounts. One module per page."""

from sync.console.app import create_console

__all__ = ["create_console"]
