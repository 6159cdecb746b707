"""Adapters to the box: each a Protocol, a real one and a pretend one."""
