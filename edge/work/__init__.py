"""The worker that claims and settles jobs, and the housekeeping that makes them due."""
