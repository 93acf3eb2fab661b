from cli import cli

cli(["train", "--kind", "gated"])
