from models.net import build_unet


def main():
    model = build_unet(96)
    model.summary()


if __name__ == "__main__":
    main()
