"""The edge side of the conversation: one session at a time, its progress in rows."""
