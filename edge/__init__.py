"""A service point that works alone for ever."""

__version__ = "0.1.0"
