import click

from net import autoencoder


@click.command()
@click.option("--length", default=256, show_default=True, help="samples a window")
@click.option("--filters", "n_filters", type=int, default=16)
@click.option("--verbose/--quiet", default=False)
def main(length, n_filters, verbose):
    model = autoencoder(length, n_filters)
    if verbose:
        model.summary()


if __name__ == "__main__":
    main()
