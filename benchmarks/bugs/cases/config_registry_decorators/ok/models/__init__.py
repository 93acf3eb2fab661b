from . import siamese
from . import fusion
