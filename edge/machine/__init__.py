"""Adapters to the box: a Protocol in the caller's words, a real one and a pretend one each."""
