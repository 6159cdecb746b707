"""Real processes, really killed, on real files."""
