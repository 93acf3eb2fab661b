"""Runs a program abstractly: frames, paths, the budget, and tables for what code and values do."""
