"""The hub's tables, as numbered SQL files; they only go forward."""
