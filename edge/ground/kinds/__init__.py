"""The sorts of refusals, one module a theme. Everything is imported from `edge.ground.problem`."""
