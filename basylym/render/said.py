"""What the layout engine says of style sheets and templates, in its own English."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def listen() -> Iterator[dict[str, None]]:
    """What the layout engine says meanwhile in this thread, each once: a page is laid out several times."""
    said: dict[str, None] = {}
    here, logger = threading.get_ident(), logging.getLogger("weasyprint")

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.thread == here:
                said[record.getMessage().split("\n")[0][:200]] = None

    listener = Listener(logging.WARNING)
    logger.addHandler(listener)
    try:
        yield said
    finally:
        logger.removeHandler(listener)
