import click

from nets import encoder


@click.group()
@click.option("--seed", default=1)
def cli(seed):
    print(seed)


@cli.command()
@click.option("--width", type=int, default=32, show_default=True)
@click.option("--kind", type=click.Choice(["plain"]), default="plain")
def train(width, kind):
    encoder(width, kind).summary()


@cli.command()
@click.argument("path")
def predict(path):
    print(path)


if __name__ == "__main__":
    cli()
