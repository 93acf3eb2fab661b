"""Analyses one program, from its text to verdicts; the rooms are wired together here."""
