"""One program from its text to what is known of it; the rooms are wired together here."""
