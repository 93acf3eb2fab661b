import argparse


class BaseOptions:
    def initialize(self, parser):
        parser.add_argument("--crop", type=int, default=254)
        parser.add_argument("--ngf", type=int, default=8)
        parser.add_argument("--mult", type=float, nargs="+", default=[1, 2, 4])
        return parser

    def gather(self):
        parser = argparse.ArgumentParser(formatter_class=argparse.ArgumentDefaultsHelpFormatter)
        parser = self.initialize(parser)
        return parser.parse_args([])

    def parse(self):
        opt = self.gather()
        opt.is_train = self.is_train
        self.opt = opt
        return self.opt


class TrainOptions(BaseOptions):
    is_train = True
