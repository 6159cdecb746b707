"""Measures what the project promises, each figure beside a plain HTTP POST measured in the same run."""
