"""How Yizhan is tested: docs/testing.md says what stands where."""
