import os

from dotenv import load_dotenv

load_dotenv()

IMG_SIZE = int(os.getenv("IMG_SIZE", "128"))
BASE_FILTERS = int(os.environ.get("BASE_FILTERS", 16))
