"""All SQL of a site, one module a table. Functions take the connection first, return values, never commit."""
