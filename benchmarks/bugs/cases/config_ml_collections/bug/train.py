from configs.default import get_config
from tcn import tcn

model = tcn(get_config().model)
