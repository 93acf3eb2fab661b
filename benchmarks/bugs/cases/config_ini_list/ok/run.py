import os
from ae import AE

here = os.path.dirname(os.path.realpath(__file__))
AE(os.path.join(here, "net.cfg")).build().summary()
