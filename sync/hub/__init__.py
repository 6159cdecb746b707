"""The county's end of the conversation, and the cases that come of it."""
