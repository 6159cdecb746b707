"""The commands of `yizhan`: each puts pieces together, runs them, and says in one line what was refused."""
