"""``model.summary()`` without running anything: as a table, and as JSON.

Never knows how a model was found.
"""
