"""Holds the house: what stands where, how large it is, what it may import, and that what is shipped is complete."""
