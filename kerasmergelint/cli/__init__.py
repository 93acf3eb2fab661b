"""The ``kerasmergelint`` command and its reporters.  Never knows how shapes are found."""
