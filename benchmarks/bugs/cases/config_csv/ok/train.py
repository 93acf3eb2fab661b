from net import from_table
model = from_table("layers.csv")
