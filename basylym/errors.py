"""What can stop Basylym. An author's mistakes are never raised: they are findings, collected and shown together.

BasylymError            our fault, or the machine's: exit code 3
├── UsageError          the command names something that is not there: exit code 2
├── EngineError         pandoc or the layout engine failed on this article
└── OutputError         a file could not be written
    └── LinkError       a link leads it out of the folder of outputs: exit code 1
"""


class BasylymError(Exception):
    """Something that is no mistake in a manuscript stopped the work; the message is one sentence for the user."""

    exit_code = 3


class UsageError(BasylymError):
    """The command line or the working folder does not name what it has to."""

    exit_code = 2


class EngineError(BasylymError):
    """An engine that Basylym drives (pandoc, WeasyPrint) gave up."""


class OutputError(BasylymError):
    """An output could not be written; what stood there before is untouched."""


class LinkError(OutputError):
    """A link in the folder of outputs leads out of it: neither our fault nor the machine's."""

    exit_code = 1
