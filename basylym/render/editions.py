"""The copy for reviewers: an edition, and its pictures, without what tells who the authors are."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from html import escape

from lxml import etree

from basylym.languages import language
from basylym.model import Edition
from basylym.read.html import read_html
from basylym.read.pictures import SVG, Picture
from basylym.render.markup import inner_markup

SLUG = "article"
"""What the article is called inside its files: the name of a folder is often the author's."""
PRINTED = ("title", "working_title", "running_title", "abstract")
"""The front matter texts that stay."""
GONE = {"authors": [], "affiliations": [], "funding": [], "acknowledgements": {}, "contributions": {}, "conflict_of_interest": {},
        "copyright": {}, "doi": None, "edn": None, "versions": [], "notices": [], "corrects": []}
"""What the front matter loses. A DOI, an eLIBRARY code and a notice lead to the authors."""
ORIENTATION = 0x112
"""The tag of Exif that says which side of a picture is up."""


def anonymise(edition: Edition, own: Collection[str]) -> Edition:
    """The edition that reviewers get; `own` are the keys of the authors' own works, in whose place words stand under their number."""
    article, journal, issue = edition.article, edition.journal, edition.issue
    names = {key: f"own-{number}" for number, key in enumerate((each.key for each in article.body.entries if each.key in own), 1)}
    words = language(edition.language, edition.languages_folder).labels
    entries = tuple(each if each.key not in names else replace(
        each, key=names[each.key], language=edition.language, withheld=True, text=f"[{words['own_work']}]",
        html=f'<span class="withheld">[{escape(words["own_work"])}]</span>') for each in article.body.entries)
    people = {each["id"]: _families(each) for each in article.references if each["id"] in names}
    body = replace(
        article.body, html=_withhold(article.body.html, names, people, words["own_work_cited"]), entries=entries,
        texts={key: text for key, text in article.body.texts.items() if key[0] in PRINTED},
        citations=tuple(replace(each, items=tuple({**item, "key": names.get(item["key"], item["key"])} for item in each.items))
                        for each in article.body.citations))
    if issue:
        place = edition.placement
        issue = issue.model_copy(update={"articles": [place.model_copy(update={"folder": SLUG})] if place else []})
    return replace(
        edition, issue=issue,
        journal=journal.model_copy(update={
            "required": [name for name in journal.required if name not in GONE],
            "codes": [name for name in journal.codes if name not in GONE]}),
        article=replace(article, slug=SLUG, source="", body=body, front=article.front.model_copy(update=GONE), problems=(),
                        references=tuple(each for each in article.references if each["id"] not in names)))


def _families(entry: Mapping) -> list[str]:
    """The family names of the people of an entry, as an author–date citation prints them."""
    people = [person for field in ("author", "editor", "translator") for person in entry.get(field) or () if isinstance(person, Mapping)]
    return [str(name) for person in people if (name := person.get("family") or person.get("literal"))]


def _withhold(html: str, names: Mapping[str, str], people: Mapping[str, list[str]], words: str) -> str:
    """The text with links that no longer hold the keys of own works, and no author's name in their citations."""
    if not names:
        return html
    tree = read_html(html)
    keys = {f"#ref-{key}": key for key in names}
    for place in tree.xpath('.//span[@class="citation"]'):
        links = [link for link in place.iter("a") if link.get("href") in keys]
        families = [name for link in links for name in people.get(keys[link.get("href")], ())]
        named = any(name in "".join(place.itertext()) for name in families)
        for link in links:
            if named:  # an author–date style: what stands in the list under no name is called by none here
                for child in list(link):
                    link.remove(child)
                link.text = words
            link.set("href", f"#ref-{names[keys[link.get('href')]]}")
        if named and place.text and any(name in place.text for name in families):
            place.text = place.text[max(place.text.rfind("["), place.text.rfind("("), 0):]
    return inner_markup(tree, "xml")


# --- pictures -------------------------------------------------------------------------------------------------------
def bare_picture(picture: Picture) -> Picture:
    """The picture alone, without what cameras and programs write into its file: names, places, paths."""
    if picture.media_type == "image/svg+xml":
        return replace(picture, data=_bare_svg(picture.data))
    from PIL import Image

    if picture.media_type == "image/jpeg":
        return replace(picture, data=_bare_jpeg(picture.data))
    with Image.open(io.BytesIO(picture.data)) as image:
        target = io.BytesIO()
        plain = image if image.mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16") else image.convert("RGBA")
        profile, transparency = image.info.get("icc_profile"), image.info.get("transparency")
        plain.info = {} if transparency is None else {"transparency": transparency}
        plain.save(target, "PNG", icc_profile=profile)
    return replace(picture, data=target.getvalue(), media_type="image/png")


def _bare_jpeg(data: bytes) -> bytes:
    """Without comments and the segments of programs, but for colours (APP0, APP2, APP14) and which side is up (ISO/IEC 10918-1, B.2)."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        turned = image.getexif().get(ORIENTATION, 1)
    exif = Image.Exif()
    exif[ORIENTATION] = turned
    head = exif.tobytes() if turned != 1 else b""
    kept = [data[:2], b"\xff\xe1" + (len(head) + 2).to_bytes(2, "big") + head if head else b""]
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        end = at + 2 + int.from_bytes(data[at + 2:at + 4], "big")
        kind = data[at + 1]
        if not (0xE0 <= kind <= 0xEF or kind == 0xFE) or kind in (0xE0, 0xEE) or data[at + 4:].startswith(b"ICC_PROFILE\0"):
            kept.append(data[at:end])
        at = end
    last = data.rfind(b"\xff\xd9")
    return b"".join(kept) + data[at:last + 2 if last > at else len(data)]


def _bare_svg(data: bytes) -> bytes:
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True))
    for element in list(root.iter()):
        namespace, name = re.match(r"(?:\{(.*)\})?(.*)", element.tag).groups()
        if element is not root and (namespace not in (None, SVG) or name == "metadata"):
            element.getparent().remove(element)
            continue
        for key in [key for key in element.attrib if key.startswith("{") and not re.match(r"\{http://www\.w3\.org/", key)]:
            del element.attrib[key]
    etree.cleanup_namespaces(root)
    return etree.tostring(root)
