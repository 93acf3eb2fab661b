import typer

from nets import seq2seq

app = typer.Typer(add_completion=False)


@app.command()
def train(units: int = 32, memory: int = typer.Option(24, help="width of the memory"), lr: float = 0.1):
    """Train it."""
    model = seq2seq(units, memory)
    typer.echo(f"{model.count_params()} parameters, {lr}")


if __name__ == "__main__":
    app()
