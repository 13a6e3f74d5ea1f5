"""When two texts are equal."""

from basylym.typography.compare import compare, fold


def test_equal_texts():
    assert compare("қоғам\u2011\n   дық «сөз» – бұл…", 'қоғамдық "сөз" - бұл...')
    assert compare("са\u00adуат", "сауат") and compare("и\u0306", "й")
    assert not compare("қазақ", "казак") and not compare("60–тан", "60 – тан")
    assert fold(" a\u00a0\n b ") == "a b"
