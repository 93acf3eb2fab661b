import os

from dotenv import dotenv_values

_values = {"FILTERS": "16", **dotenv_values(os.path.join(os.path.dirname(__file__), "..", ".env"))}
FILTERS = int(_values["FILTERS"])
DEBUG = os.environ.get("DEBUG", "0") == "1"
