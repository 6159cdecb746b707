"""What a service point knows: forms, submissions, receipts. Pure: no clock, no database, no web."""
