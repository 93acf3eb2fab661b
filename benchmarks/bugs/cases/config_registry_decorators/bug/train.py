import models
from registry import get_model

model = get_model("fusion", gate=False)
model.summary()
