"""A finished JATS file, read back: what its metadata say, and the text that it holds."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from basylym.output import Output, Said

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
UNSEEN = {"element-citation", "math", "tex-math", "alt-text", "long-desc", "date", "pub-date"}
"""Elements whose text is data, or is compared apart."""
CODES = {"volume": "volume", "issue": "number", "fpage": "first_page", "lpage": "last_page"}
"""Elements of article-meta with one value, and what they say."""
DATES = ("received", "rev-recd", "accepted")


def read_jats(data: bytes, path: str) -> Output:
    """What a JATS file says. Raises ValueError where it is none."""
    root = etree.fromstring(data, PARSER)
    front = root.find("front/article-meta")
    if root.tag != "article" or front is None:
        raise ValueError("it is no JATS article")
    inside = {note.get("id") for note in root.iterfind("back/fn-group/fn")}
    return Output(
        path, "xml", tuple(_read_front(root, front)), _read_text(root),
        tuple("".join(each.itertext()) for each in root.iter("tex-math")),
        tuple(each.findtext("alt-text", "") for each in root.iter("graphic", "inline-graphic")),
        sum(1 for _ in root.iter("table")), sum(1 for each in root.iter("xref") if each.get("rid") in inside),
        entries=sum(1 for _ in root.iterfind("back/ref-list/ref")))


def _read_front(root: etree._Element, front: etree._Element) -> Iterator[Said]:
    own = root.get(XML_LANG, "")
    if own:
        yield Said("language", "xml:lang", "", (own,))
    for element in (*front.iterfind("title-group/article-title"), *front.iterfind("title-group/trans-title-group/trans-title")):
        yield Said("title", element.tag, element.get(XML_LANG) or element.getparent().get(XML_LANG) or own, (_words(element),))
    yield from _read_people(front, own)
    for element in (*front.iterfind("abstract"), *front.iterfind("trans-abstract")):
        words = " ".join(_words(part) for part in element if part.tag != "title")
        yield Said("abstract", element.tag, element.get(XML_LANG, own), (words,))
    for group in front.iterfind("kwd-group"):
        yield Said("keywords", "kwd-group", group.get(XML_LANG, own), tuple(_words(each) for each in group.iterfind("kwd")))
    for element in front.iterfind("article-id[@pub-id-type='doi']"):
        yield Said("doi", "article-id", "", (_words(element),))
    for element in front.iterfind("pub-date[@date-type='pub']"):
        yield Said("date", "pub-date", "", (element.get("iso-8601-date", ""),))
    for element in front.iterfind("history/date"):
        if (kind := element.get("date-type")) in DATES:
            yield Said("revised" if kind == "rev-recd" else kind, "history", "", (element.get("iso-8601-date", ""),))
    for name, field in CODES.items():
        yield from (Said(field, name, "", (_words(element),)) for element in front.iterfind(name))
    for element in front.iterfind("permissions/license/{*}license_ref"):
        yield Said("license", "license_ref", "", (_words(element),))
    for element in root.iterfind("front/journal-meta/journal-title-group/journal-title"):
        yield Said("journal", "journal-title", element.get(XML_LANG, own), (_words(element),))
    for element in root.iterfind("front/journal-meta/issn"):
        field = "issn" if element.get("publication-format") == "print" else "issn_online"
        yield Said(field, "issn", "", (_words(element),))


def _read_people(front: etree._Element, own: str) -> Iterator[Said]:
    """The authors by their first names, which are in the article's language, and those in the others."""
    people = [[(each.get(XML_LANG, own), _called(each)) for each in person.iter("name")]
              for person in front.iterfind("contrib-group/contrib[@contrib-type='author']")]
    if people:
        yield Said("authors", "contrib-group", "", tuple(names[0][1] if names else "" for names in people))
        yield Said("orcids", "contrib-id", "", tuple(person.findtext("contrib-id[@contrib-id-type='orcid']", "") for person in
                                                     front.iterfind("contrib-group/contrib[@contrib-type='author']")))
    others = [pair for names in people for pair in names[1:]]
    for tag in dict.fromkeys(tag for tag, _ in others):
        yield Said("some_authors", "name-alternatives", tag, tuple(name for spoken, name in others if spoken == tag))


def _called(name: etree._Element) -> str:
    """Given name, family name."""
    return " ".join(filter(None, (name.findtext("given-names", ""), name.findtext("surname", ""))))


def _words(element: etree._Element) -> str:
    """The text of an element on one line; of a formula that is there twice, TeX alone."""
    found = [text for text in element.xpath('.//text()[not(ancestor::*[local-name()="math"])]')]
    return " ".join("".join(found).split())


def _read_text(root: etree._Element) -> str:
    """All that a reader is shown of it: names and pages as they are written in a line."""
    words: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, each in walk:
        if event == "start":
            name = etree.QName(each).localname
            if name == "name":
                words.append(_called(each))
                walk.skip_subtree()
            elif name in UNSEEN:
                walk.skip_subtree()
            else:
                words.append(each.text or "")
                if name == "lpage" and each.getparent().tag == "article-meta" and each.getparent().findtext("fpage") != each.text:
                    words.insert(len(words) - 1, "–")
        elif each is not root:
            words.append((each.tail or "").rstrip("\n") if event == "end" and each.tag == "fpage" else each.tail or "")
    return "".join(words)
