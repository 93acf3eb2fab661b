"""Models as a picture: what is drawn, where it goes, and the formats.

Only :mod:`.view` knows the tracker; the rest knows boxes and arrows.
"""
