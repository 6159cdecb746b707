"""All SQL of the hub, one module a table. Functions take the connection first, return values, never commit."""
