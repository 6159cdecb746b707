"""The box: what stands between the software and what is plugged in."""
