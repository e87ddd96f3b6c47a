"""Real cases, recorded as they happened; persons and what the press does not say are invented."""
