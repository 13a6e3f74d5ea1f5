"""How text is set: hyphenation, and when two texts are equal."""
