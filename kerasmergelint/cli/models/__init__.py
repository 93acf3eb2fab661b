"""Models as Keras lists them, for the summary and for the graph.

Knows the tracker's values.  Never knows how anything is drawn.
"""
