import os

import numpy as np
import yaml
from networks import registration

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "config.yml")) as stream:
    settings = yaml.safe_load(stream)

model = registration(settings)
model.compile(optimizer="adam", loss="mse")
shape = [1, *settings["data"]["volume"], 1]
fixed, moving = np.random.rand(*shape), np.random.rand(*shape)
print(model.predict([fixed, moving], verbose=0).shape)
