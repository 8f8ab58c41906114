"""The application: command line, daemon, configuration and the wiring of concrete parts."""

from importlib.metadata import version

__version__ = version("clausewatch")
