"""The county's pages over the hub."""
