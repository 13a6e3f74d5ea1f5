"""Basylym: one Markdown manuscript becomes a journal's PDF, EPUB and web page, checked in three languages."""

import os

__version__ = "0.1.0"

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # nothing else that is installed has a say in how input is validated
