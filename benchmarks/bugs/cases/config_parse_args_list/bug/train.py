from networks import Generator
from options.base import TrainOptions

opt = TrainOptions().parse()
if opt.is_train:
    model = Generator(opt)()
