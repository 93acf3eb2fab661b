from net import unet

model = unet()
