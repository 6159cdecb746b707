"""Whole matters at the glass: from the first page to the receipt, and to the case at the county."""
