"""Witnesses: values for what is not known, with which a second run meets a failure."""
