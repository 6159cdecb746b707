"""Ferry: what site and hub say to each other, under every fault that it claims to survive."""
