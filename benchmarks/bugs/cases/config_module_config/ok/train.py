import argparse
import importlib

from lib.build import build_from

ap = argparse.ArgumentParser()
ap.add_argument("--config", type=str, default="resnet_cfg")
cfg = importlib.import_module(f"configs.{ap.parse_args().config}")
build_from(cfg)
