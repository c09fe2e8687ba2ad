"""The WSGI application that API_MODULE names, with API_ARGUMENTS as its command line."""

import importlib
import os
import sys

# uwsgi leaves its own command line there, which oslo.config would parse
sys.argv = [os.environ["API_MODULE"], *os.environ.get("API_ARGUMENTS", "").split()]
application = importlib.import_module(os.environ["API_MODULE"]).application
