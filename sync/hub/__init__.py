"""The county's side: keeps every signed envelope, opens each once for ever, and says what was decided."""
