"""The service point's end of the conversation."""
