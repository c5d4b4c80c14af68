"""Functions that advice is tried on: it was not tuned on any of them."""
