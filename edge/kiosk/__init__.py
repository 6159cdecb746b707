"""The pages that a citizen touches, one module per step."""
