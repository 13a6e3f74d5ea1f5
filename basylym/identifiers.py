"""Identifiers that publishing lives by: their form, their check digit, their one canonical spelling.

`bare_*` strips what people paste round an identifier (addresses, labels) and never refuses: what is still wrong is for a
check to say. `is_*` tells whether form and check digit are right.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

DOI = re.compile(r"10\.\d{4,9}/\S+")
ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
ISSN = re.compile(r"\d{4}-\d{3}[\dX]")
ROR = re.compile(r"0[a-hj-km-np-tv-z0-9]{6}\d{2}")


def _strip(pattern: str, value: Any) -> Any:
    return re.sub(pattern, "", value.strip(), flags=re.I).strip() if isinstance(value, str) else value


def bare_doi(value: Any) -> Any:
    """10.5555/x out of https://doi.org/10.5555/x or «doi: 10.5555/x» (DOI Handbook, 2.6)."""
    return _strip(r"^(https?://(dx\.)?doi\.org/|doi:?\s*)", value)


def doi_address(doi: str) -> str:
    """A bare DOI as an address, what no address may have in it percent-encoded (DOI Handbook, 2.5.2.4); nothing for none."""
    return "https://doi.org/" + quote(doi, safe="/:;()!$&'*+,=@~-._") if doi else ""


def bare_orcid(value: Any) -> Any:
    """0000-0002-1825-0097 out of its address (ORCID, structure of the identifier)."""
    value = _strip(r"^(https?://)?(www\.)?orcid\.org/|^orcid(\s*id)?:?\s*", value)
    if not isinstance(value, str):
        return value
    digits = re.sub(r"[\s‐‑‒–—-]", "", value.upper())
    return "-".join(digits[at:at + 4] for at in range(0, 16, 4)) if re.fullmatch(r"\d{15}[\dX]", digits) else value.upper()


def bare_ror(value: Any) -> Any:
    """0abcdef12 out of https://ror.org/0abcdef12 (ROR, identifier)."""
    return _strip(r"^(https?://)?(www\.)?ror\.org/", value)


def is_doi(value: str) -> bool:
    """Whether it has the form 10.registrant/suffix (DOI Handbook, 2.2)."""
    return bool(DOI.fullmatch(value))


def is_orcid(value: str) -> bool:
    """Whether form and check digit are right (ISO 7064, MOD 11-2)."""
    if not ORCID.fullmatch(value):
        return False
    total = 0
    for digit in value.replace("-", "")[:15]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == value[-1]


def is_issn(value: str) -> bool:
    """Whether form and check digit are right (ISO 3297, modulus 11 with weights 8 to 2)."""
    if not ISSN.fullmatch(value):
        return False
    digits = value.replace("-", "")
    total = sum(weight * int(digit) for weight, digit in zip(range(8, 1, -1), digits, strict=False))
    return "0123456789X"[(11 - total % 11) % 11] == digits[-1]


def is_isbn(value: str) -> bool:
    """Whether form and check digit are right, with ten digits or thirteen, hyphens and spaces left out (ISO 2108:2017, annex C;
    of ten digits ISO 2108:1992, modulus 11 with weights 10 to 1)."""
    digits = re.sub(r"[\s‐‑–-]", "", value).upper()
    if re.fullmatch(r"\d{9}[\dX]", digits):
        return sum(weight * (10 if digit == "X" else int(digit)) for weight, digit in zip(range(10, 0, -1), digits, strict=True)) % 11 == 0
    return bool(re.fullmatch(r"97[89]\d{10}", digits)) and sum((1, 3)[at % 2] * int(digit) for at, digit in enumerate(digits)) % 10 == 0


def is_url(value: str) -> bool:
    """Whether it is an address on the web that can be opened: scheme, host with a dot, no blanks (RFC 3986, 3; RFC 3987)."""
    return bool(re.fullmatch(r"(?:https?|ftp)://(?:[\w-]+\.)+[\w-]{2,}(?::\d+)?(?:[/?#][^\s<>\"{}|\\^`]*)?", value, re.I))


def is_ror(value: str) -> bool:
    """Whether form and check digits are right (ISO 7064, MOD 97-10, over Crockford's base 32)."""
    if not ROR.fullmatch(value):
        return False
    number = 0
    for letter in value[:7]:
        number = number * 32 + "0123456789abcdefghjkmnpqrstvwxyz".index(letter)
    return 98 - (number * 100) % 97 == int(value[7:])


def is_email(value: str) -> bool:
    """Whether it has the form of an address that can be printed: name@host.domain, the letters of each part from one alphabet
    (RFC 5322, RFC 6531)."""
    if any(re.search("[a-z]", part, re.I) and re.search("[\u0370-\u04ff]", part) for part in re.split(r"[@.]", value)):
        return False  # а Cyrillic letter that looks like a Latin one
    return bool(re.fullmatch(r"[\w.!#$%&'*+/=?^`{|}~-]+(?<!\.)@(?:[\w-]+\.)+[^\W\d_]{2,}", value)) and ".." not in value


def is_udc(value: str) -> bool:
    """Whether it is written as a number of the Universal Decimal Classification: a dot after every third digit, auxiliaries in
    brackets, quotes and by signs (UDC Summary, introduction)."""
    bare = re.sub(r"\"[^\"]*\"|«[^»]*»|\([^()]*\)|\[[^\[\]]*\]", " ", value)  # times, places, groups
    return bool(re.match(r"[\d(\"«=\[]", value) and re.fullmatch(r"[\d.+/:=*'’` A-Za-zА-Яа-я-]*", bare)
                and not re.search(r"\d{4}|\.\.|\.(\s|$)", bare))


def is_irsti(value: str) -> bool:
    """Whether it is written as a number of the rubricator of scientific information: 16.21 or 16.21.07."""
    return bool(re.fullmatch(r"\d{2}\.\d{2}(\.\d{2})?", value))
