"""The hub's SQL, one module per table."""
