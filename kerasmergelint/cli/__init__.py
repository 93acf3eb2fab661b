"""The ``kerasmergelint`` command: its subcommands, and what they print.

Never knows how shapes are found.  Each folder knows one part of the work; a command imports what it
needs when it runs, so that ``--help`` loads neither the tracker nor rich.
"""
