from absl import app
from absl import flags

import model as model_lib

FLAGS = flags.FLAGS
flags.DEFINE_integer("hidden", 128, "Hidden units.")
flags.DEFINE_integer("skip_dim", 100, "Units of the skip.")
flags.DEFINE_string("model_dir", "out", "Where to write.")


def main(argv):
    del argv
    m = model_lib.make_model(FLAGS.hidden, 10, FLAGS.skip_dim)
    m.summary()


if __name__ == "__main__":
    app.run(main)
