"""Witnesses: values for the unknowns with which a second run meets a failure."""
