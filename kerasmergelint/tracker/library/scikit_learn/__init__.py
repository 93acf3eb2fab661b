"""scikit-learn around a model: what it makes of tables, labels and lists, and the data that it ships."""
