"""0. A file as it arrives to a manuscript that can be published: read, understand, write, tell what was and was not understood.

    read_document     one reader a kind of file -> a Document: its blocks in order, each with how it looks
    understand        Document -> Understood: what each block is, with how sure that is
    write             Understood -> article.md, references.yaml, figures/, import-report.html

Nothing is made up and nothing is lost: every letter of the file stands in what is written, or in the report as left out.
"""
