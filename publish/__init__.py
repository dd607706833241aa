"""publish: raw plain text in, a reading edition out."""

__version__ = "0.1.0"
