"""Hazards of models that build: merges that are wrong, and input sizes that break them."""
