"""The conversation between machines: what a service point and the county hub say to each other."""
