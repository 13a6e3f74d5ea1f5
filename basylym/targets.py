"""The repositories, indexes and archives that packages are made for."""

TARGETS = ("bagit", "citations", "crossref", "datacite", "doaj", "dspace", "elibrary", "mets", "mods", "oai-dc", "ojs-3.3", "ojs-3.4",
           "ojs-3.5", "ro-crate", "zenodo")
"""The ids in package/, named here so that nothing of it is loaded to read journal.yaml or to print --help; a test compares them."""
