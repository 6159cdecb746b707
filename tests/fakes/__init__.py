"""Pretend machines and people around the real product: clocks, wires, sites, a whole county."""
