"""What is mistyped in a text: pure functions of a text and of what its language's file says of its usage, which yield Slips."""

from __future__ import annotations

from basylym.typography.slips.dashes import find_dashes, find_hyphens, hyphenated_pairs
from basylym.typography.slips.letters import find_decomposed, find_letterless, find_look_alikes, find_roman
from basylym.typography.slips.quotes import ends_quotation, find_foreign_quotes, find_unbalanced
from basylym.typography.slips.spaces import find_dots, find_heading_stop, find_joined_units, find_spaces
from basylym.typography.slips.usage import Usage
from basylym.typography.slips.variants import find_variants
from basylym.typography.slips.words import find_doubled

__all__ = ["Usage", "ends_quotation", "find_dashes", "find_decomposed", "find_dots", "find_doubled", "find_foreign_quotes",
           "find_heading_stop", "find_hyphens", "find_joined_units", "find_letterless", "find_look_alikes", "find_roman",
           "find_spaces", "find_unbalanced", "find_variants", "hyphenated_pairs"]
