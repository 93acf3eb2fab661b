"""Models as a picture: what is drawn, where it goes, and the formats.

Only :mod:`.build` knows the tracker; the rest knows boxes and arrows.
"""
