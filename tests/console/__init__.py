"""The county's pages and accounts."""
