"""The wire, single: both ends import it, so neither can grow a dialect. Pure: no clock, no database, no network."""
