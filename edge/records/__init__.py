"""All SQL of the service point, one module per table; nothing here commits."""
