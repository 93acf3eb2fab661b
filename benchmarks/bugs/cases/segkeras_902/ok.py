from models_unet import vanilla_unet

if __name__ == "__main__":
    net = vanilla_unet(n_classes=21, height=896, width=608)
    net.compile(loss="categorical_crossentropy", optimizer="adam")
    net.summary()
