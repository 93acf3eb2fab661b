"""The language server: diagnostics, hover, hints, actions and symbols as the user types.

Knows the protocol, what is open in the editor, and where facts about a program are shown.  Never
knows how they are found.  Needs the extra ``lsp``; nothing else imports this room.
"""
