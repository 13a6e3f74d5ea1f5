"""Basylym: one Markdown manuscript becomes a journal's PDF, EPUB and web page, checked in three languages."""

__version__ = "0.1.0"
