"""Check digits and canonical forms."""

import pytest

from basylym.identifiers import bare_doi, bare_orcid, bare_ror, is_doi, is_issn, is_orcid, is_ror


@pytest.mark.parametrize("value", ["0000-0002-1825-0097", "0000-0003-4616-0758", "0000-0002-1694-233X"])
def test_orcid(value):
    assert is_orcid(value) and not is_orcid(value[:-1] + ("1" if value[-1] != "1" else "2"))


def test_issn():
    assert is_issn("1234-5679") and is_issn("2345-6787") and not is_issn("1234-5678") and not is_issn("12345679")


def test_ror():
    assert is_ror("05dxps055") and not is_ror("05dxps056")


def test_doi():
    assert is_doi("10.5555/example") and not is_doi("5555/example") and not is_doi("10.5555/")


def test_bare_forms():
    assert bare_doi(" https://doi.org/10.5555/x ") == "10.5555/x" == bare_doi("doi: 10.5555/x")
    assert bare_orcid("https://orcid.org/0000-0002-1694-233x") == "0000-0002-1694-233X"
    assert bare_ror("https://ror.org/05dxps055") == "05dxps055"
