"""What every room stands on: time, ids, refusals, the database, keys and sealing. Knows no domain words."""
