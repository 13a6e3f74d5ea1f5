"""The front matter of a JATS file, element by element: what article.md has a place for, and what is told as left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from basylym.identifiers import bare_doi
from basylym.intake.codes import find_codes
from basylym.intake.document import Block, Look
from basylym.intake.jats_people import Person, give_emails, name_of, read_organisations, read_people
from basylym.intake.jats_words import HREF, inlines, keyword, local, read_date, spoken, tongue, words, written_date
from basylym.intake.losses import is_needless, strings
from basylym.intake.understood import Decision, Front, Sureness
from basylym.intake.unread import count
from basylym.languages.identify import guess_language
from basylym.messages import Phrase

ORDER = ("language", "type", "title", "running_title", "authors", "affiliations", "abstract", "keywords", "udc", "irsti", "doi", "edn",
         "pages", "dates", "funding", "acknowledgements", "conflict_of_interest", "contributions", "license", "copyright")
"""The keys as article.md has them."""
TYPES = frozenset(("research-article", "review-article", "case-report", "brief-report", "editorial", "book-review", "letter", "correction",
                   "retraction", "expression-of-concern"))
"""Kinds of articles that article.md knows."""
OPENED = ("article-categories", "title-group", "contrib-group", "aff-alternatives", "author-notes", "history", "permissions",
          "funding-group", "custom-meta-group", "journal-title-group", "pub-history")
"""Elements of the metadata that only hold others."""
DATES = {"received": "received", "rev-recd": "revised", "rev-received": "revised", "revised": "revised", "accepted": "accepted",
         "pub": "published", "epub": "published"}
STATEMENTS = {"conflict": "conflict_of_interest", "coi-statement": "conflict_of_interest", "con": "contributions",
              "author-contribution": "contributions", "author-contributions": "contributions", "contribution": "contributions",
              "ack": "acknowledgements", "acknowledgments": "acknowledgements", "acknowledgements": "acknowledgements",
              "acknowledgement": "acknowledgements", "financial-disclosure": "funding", "supported-by": "funding",
              "funding-information": "funding", "funding": "funding", "competing-interests": "conflict_of_interest"}
"""What statements are called: fn-type, sec-type, notes-type, the name of their element."""
CODES = {"udc": r"udc|удк|әож|ӘОЖ|удк", "irsti": r"irsti|grnti|mrnti|грнти|мрнти|ғтамр|хғтар"}
"""What publishers call a subject's group that holds a code, in small letters."""
CREATIVE = re.compile(r"creativecommons\.org/(?:licenses/(by(?:-nc)?(?:-sa|-nd)?)|publicdomain/(zero))/([1-4]\.0)", re.I)
WORDED = re.compile(r"\bCC[ -](?:(BY(?:-NC)?(?:-SA|-ND)?)|(0))[ -]([1-4]\.0)\b")
"""A licence that is named and not linked."""
UNFUNDED = re.compile(r"\W*(?:без\s+(?:внешнего\s+)?финансир|(?:исследование|работа)?\s*не\s+(?:име|получ|финансир)|"
                      r"внешнее финансирование отсут|"
                      r"no\s+(?:external |specific |outside )?(?:fund|grant|support)|none\b|not (?:applicable|funded)|n/a\b|"
                      r"th(?:e|is) \w+ (?:received|have received|had|has) no\b|нет\b|жоқ\b|қаржыланды\w+ (?:жоқ|болмаған))", re.I)
"""Words that say that nobody paid."""
RIGHTS = re.compile(r"(?:copyright|все права защищены|авторские права)?\s*(?:©|\(c\))?\s*(?:copyright\s*)?(?:\d{4}(?:\s?[–-]\s?\d{4})?)?"
                    r"\s*[.,]?\s*(?:by\s+)?", re.I)
"""What stands before the name of who holds the rights."""
LATER = re.compile(r"[,.]?\s(?:19|20)\d\d\.?$")
"""A year after it."""
INITIAL = re.compile(r"(?<!\w)\w\.$")
OWN = ("author", "author-keywords", "author-generated", "author-created", "kwd", "")
"""What the authors' keywords are called; other groups are an index's."""
LABEL = Phrase("a label that the template prints")


class FrontReading:
    """The metadata of one file, being read."""

    def __init__(self, root: etree._Element) -> None:
        self.root, self.blocks = root, []
        meta = root.find("front/article-meta")
        self.meta = meta if meta is not None else etree.Element("article-meta")
        said = " ".join(words(each) for name in ("article-title", "abstract") for each in self.meta.iter(name))
        own = tongue(root, "")
        self.own = own or guess_language(said or words(root.find("body"))[:8000]) or "en"
        self.data: dict[str, Any] = {"language": self.own}
        self.decisions: list[Decision] = []
        self.places: dict[etree._Element, int] = {}
        self.told: dict[int, list[str]] = {}
        for each in self._units():
            self._place(each)
        if own:
            self.decisions.append(Decision((), "language", own, "certain", Phrase("the element {name}", name="article"), own))

    def _units(self) -> Iterator[etree._Element]:
        waiting = [child for front in self.root.iterchildren("front") for part in front for child in part][::-1]
        while waiting:
            each = waiting.pop()
            if local(each) in OPENED:
                waiting += reversed(each)
            elif local(each) != "counts" and words(each):
                yield each

    def _place(self, element: etree._Element) -> int:
        """Makes a block of an element, which is no text then; its number."""
        number = len(self.blocks) + 1
        self.blocks.append(Block(number, "paragraph", {"t": "Para", "c": inlines(element)}, words(element), Look(style=local(element))))
        self.places[element] = number
        return number

    def _number(self, element: etree._Element) -> tuple[int, ...]:
        while element is not None:
            if element in self.places:
                return (self.places[element],)
            element = element.getparent()
        return ()

    def tell(self, part: str, value: str, element: etree._Element, sure: Sureness = "certain", why: object = None) -> None:
        """Notes what was made of an element."""
        taken = words(element)
        self.decisions.append(Decision(self._number(element), part, value, sure, why or Phrase("the element {name}", name=local(element)),
                                       taken))

    # --- all of it ----------------------------------------------------------------------------------------------------------
    def read(self) -> Front:
        """The front matter; statements at the end of the file are taken out of it."""
        if self.root.get("article-type") in TYPES:
            self.data["type"] = self.root.get("article-type")
        self._read_titles()
        self._read_people()
        self._read_texts()
        self._read_codes()
        self._read_days()
        self._read_rights()
        self._read_money()
        self._read_statements()
        self._read_translations()
        taken = {number for each in self.decisions for number in each.blocks}
        for label in [each for block in self.places for each in block.iterchildren("title", "label")]:
            if label.getparent().tag in ("abstract", "trans-abstract", "kwd-group", "ack", "fn", "notes", "sec") and words(label) and (
                    self.places[label.getparent()] in taken):
                self.tell("left_out", words(label), label, "certain", LABEL)
        self._tell_rest()
        data = {key: self.data[key] for key in ORDER if self.data.get(key)}
        return Front(data, tuple(self.decisions), frozenset(self.places.values()))

    def _tell_rest(self) -> None:
        """What elements say that article.md has no place for; each piece of text by itself, where the rest of its element was taken."""
        known = {word for text in strings(self.data) for word in count(text)}
        given = dict.fromkeys(self.places.values(), "")
        for each in self.decisions:
            if each.part in ("left_out", "unknown"):
                for number in each.blocks:
                    given[number] += f" {each.taken}"
        taken = {number for each in self.decisions if each.part not in ("left_out", "unknown") for number in each.blocks}
        for element, number in self.places.items():
            there = known | set(count(given[number]))
            pieces = [words(element)] if number not in taken else [
                text for each in element.iter() for text in ((each.text or ""), (each.tail or "") if each is not element else "")]
            for piece in pieces:
                text = " ".join(piece.split()).strip(" ,;")
                if number not in taken and not given[number] or any(word not in there and not is_needless(word) for word in count(text)):
                    self.decisions.append(Decision((number,), "no_place", text, "certain", Phrase(
                        "the element {name}, for which article.md has no place", name=local(element)), text))

    # --- titles, texts, codes, dates ------------------------------------------------------------------------------------------
    def _add(self, key: str, tag: str, text: str, element: etree._Element, sure: Sureness = "certain") -> None:
        store = self.data.setdefault(key, {})
        if tag not in store:
            store[tag] = text
            self.tell(f"{key}.{tag}", text, element, sure)
        elif store[tag] != text:
            self.tell("unknown", text, element, "unknown", Phrase("a second one in the same language"))

    def _read_titles(self) -> None:
        group = self.meta.find("title-group")
        for each in group if group is not None else ():
            if each.tag == "article-title":
                below = [words(sub, "xref") for sub in group.iterchildren("subtitle")]
                self._add("title", tongue(each, self.own), _titled(words(each, "xref", "fn"), below), each)
                for sub in group.iterchildren("subtitle"):
                    self.tell(f"title.{self.own}", words(sub), sub)
            elif each.tag == "trans-title-group":
                title = each.find("trans-title")
                if title is not None:
                    below = [words(sub, "xref") for sub in each.iterchildren("trans-subtitle")]
                    self._add("title", spoken(title, words(title), self.own), _titled(words(title, "xref", "fn"), below), each)
            elif each.tag == "alt-title" and each.get("alt-title-type", "").startswith(("running", "right", "short")):
                self._add("running_title", tongue(each, self.own), words(each), each)
        marks = {mark.get("rid") for mark in group.iter("xref")} if group is not None else set()
        for note in [each for each in self.root.iter("fn") if each.get("id") in marks] if marks else ():
            if note not in self.places:
                self._place(note)
                self.tell("unknown", words(note), note, "unknown", Phrase("a footnote of the front matter"))

    def _read_texts(self) -> None:
        for each in (*self.meta.iterchildren("abstract"), *self.meta.iterchildren("trans-abstract")):
            if each.get("abstract-type") in (None, "abstract", "summary", "section", "structured"):
                text = "\n\n".join(_paragraphs(each))
                if text:
                    self._add("abstract", spoken(each, text, self.own), text, each)
        for group in self.meta.iterchildren("kwd-group"):
            kept = [word for each in group if each.tag in ("kwd", "compound-kwd") and (word := keyword(each))]
            if kept and group.get("kwd-group-type", "") in OWN:
                tag = spoken(group, ", ".join(kept), self.own)
                if tag in self.data.setdefault("keywords", {}):
                    self.tell("unknown", ", ".join(kept), group, "unknown", Phrase("a second one in the same language"))
                else:
                    self.data["keywords"][tag] = kept
                    self.tell(f"keywords.{tag}", "; ".join(kept), group)

    def _read_codes(self) -> None:
        for each in self.meta.iterchildren("article-id"):
            kind, text = each.get("pub-id-type"), words(each)
            if kind in CODES and text:
                self._code(kind, text, each)
            elif kind == "doi":
                self.data.setdefault("doi", bare_doi(text))
                self.tell("doi", self.data["doi"], each)
            elif kind == "edn" or kind == "custom" and each.get("custom-type", each.get("specific-use")) == "edn":
                self.data.setdefault("edn", text)
                self.tell("edn", text, each)
        for group in self.meta.iter("subj-group"):
            kind = next((name for name, known in CODES.items() if re.search(known, group.get("subj-group-type", "").lower())), "")
            for subject in group.iterchildren("subject"):
                found = [each for each in find_codes(words(subject)) if each.part in CODES]
                if kind and (value := re.sub(r"^[^\d]+", "", words(subject))):
                    found = []
                    self._code(kind, value, subject)
                for each in found:
                    self._code(each.part, each.value, subject)
        pages = [words(self.meta.find(name)) for name in ("fpage", "lpage")]
        if pages[0].isdigit():
            self.data["pages"] = "–".join(dict.fromkeys(filter(str.isdigit, pages)))
            for name in ("fpage", "lpage"):
                if (each := self.meta.find(name)) is not None:
                    self.tell("pages", self.data["pages"], each)

    def _code(self, kind: str, value: str, subject: etree._Element) -> None:
        for each in re.split(r"\s*[;,]\s*", value):
            if each not in self.data.setdefault(kind, []):
                self.data[kind].append(each)
                self.tell(kind, each, subject)

    def _read_days(self) -> None:
        days = [(each, each.get("date-type") or each.get("pub-type") or "") for each in (
            *self.meta.iterfind("history/date"), *self.meta.iterfind("pub-history/event/date"), *self.meta.iterchildren("pub-date"))]
        for each, kind in sorted(days, key=lambda pair: pair[1] == "ppub"):
            name = DATES.get(kind)
            if name and len(day := read_date(each)) == 3 and name not in self.data.setdefault("dates", {}):
                self.data["dates"][name] = written_date(day)
                self.tell(f"dates.{name}", written_date(day), each)
            elif name and len(day) < 3 and name not in self.data["dates"]:
                self.tell("unknown", written_date(day), each, "unknown", Phrase("a date without its day"))

    # --- people -----------------------------------------------------------------------------------------------------------
    def _read_people(self) -> None:
        organisations = read_organisations(self.meta, self.own)
        people = read_people(self.meta, self.own, organisations)
        notes = {each.get("id", ""): each for each in self.meta.iterfind("author-notes/corresp")}
        give_emails(people, notes)
        ids: dict[int, str] = {}
        for one in organisations.values():
            if id(one) not in ids and one.data.get("name"):
                ids[id(one)] = f"org-{len(ids) + 1}"
                self.data.setdefault("affiliations", []).append({"id": ids[id(one)], **one.data})
                for each in one.elements:
                    self.tell(f"affiliations.{len(ids) - 1}.name", words(each, "label", "sup"), each, "certain" if one.sure else "likely")
        for at, person in enumerate(each for each in people if each.data.get("name")):
            mine = list(dict.fromkeys(ids[id(organisations[key])] for key in person.keys if key in organisations
                                      and id(organisations[key]) in ids))
            ordered = {key: person.data[key] for key in ("name", "degree", "position") if key in person.data}
            self.data.setdefault("authors", []).append({
                **ordered, **({"affiliations": mine} if mine else {}),
                **{key: person.data[key] for key in ("orcid", "email", "corresponding", "roles") if key in person.data}})
            self._tell_person(at, person, mine, notes)

    def _tell_person(self, at: int, person: Person, mine: Sequence[str], notes: dict[str, Any]) -> None:
        for tag, name in person.data["name"].items():
            self.tell(f"authors.{at}.name.{tag}", " ".join(name.values()), person.element)
        for kind in ("degree", "position"):
            for tag, text in person.data.get(kind, {}).items():
                self.tell(f"authors.{at}.{kind}.{tag}", text, person.element)
        if mine:
            marked = any(each.get("ref-type") == "aff" for each in person.element.iterfind("xref"))
            self.tell(f"authors.{at}.affiliations", ", ".join(each.removeprefix("org-") for each in mine), person.element,
                      "certain" if marked else "likely", Phrase("marks, or the order of the lines"))
        for kind in ("orcid", "email"):
            if kind in person.data:
                self.tell(f"authors.{at}.{kind}", person.data[kind], person.element)
        for key in person.notes:
            if key in notes:
                self.tell(f"authors.{at}.corresponding", name_of(person), notes[key])

    # --- rights, money, statements --------------------------------------------------------------------------------------------
    def _read_rights(self) -> None:
        rights = self.meta.find("permissions")
        if rights is None:
            return
        for each in rights.iterchildren("license"):
            said = " ".join([each.get(HREF, ""), *(part.get(HREF, "") for part in each.iter()), words(each)])
            if found := CREATIVE.search(said) or WORDED.search(said):
                self.data.setdefault("license", f"CC0-{found[3]}" if found[2] else f"CC-{found[1].upper()}-{found[3]}")
                self.tell("license", self.data["license"], each)
                self.tell("left_out", words(each), each, "certain", Phrase("the words of a licence, which the template prints"))
        holder, statement = rights.find("copyright-holder"), rights.find("copyright-statement")
        said = holder if holder is not None else statement
        text = LATER.sub("", RIGHTS.sub("", words(said), count=1)).strip() if said is not None else ""
        text = text if INITIAL.search(text) else text.strip(" .")
        if text:
            self._add("copyright", spoken(said, text, self.own), text, said, "certain" if said is holder else "likely")
            if statement is not None and holder is not None:
                self.tell("left_out", words(statement), statement, "certain", LABEL)
        if (year := rights.find("copyright-year")) is not None:
            self.tell("left_out", words(year), year, "certain", LABEL)

    def _read_money(self) -> None:
        for group in self.meta.iterfind("funding-group"):
            for at, each in enumerate(group.iterchildren("award-group")):
                named = [part for part in each.iter("institution") if words(part)] or [
                    part for part in each.iter("funding-source") if words(part)]
                funder = {spoken(part, words(part), self.own): words(part, "institution-id") for part in reversed(named)}
                award = ", ".join(dict.fromkeys(words(part) for part in each.iterchildren("award-id") if words(part)))
                if funder:
                    entry = {"funder": dict(reversed(funder.items())), **({"award": award} if award else {})}
                    self.data.setdefault("funding", []).append(entry)
                    self.tell(f"funding.{at}.funder", " ".join(filter(None, (*entry["funder"].values(), award))), each)
            for each in group.iterchildren("funding-statement"):
                if not self.data.get("funding") and not UNFUNDED.match(words(each)):
                    self._fund(each, words(each))

    def _fund(self, element: etree._Element, text: str) -> None:
        tag = spoken(element, text, self.own)
        store = self.data.setdefault("funding", [{"funder": {}}])[0]["funder"]
        if tag not in store:
            store[tag] = text
            self.tell(f"funding.0.funder.{tag}", text, element, "likely")  # a sentence about money, and no funder's name

    def _read_statements(self) -> None:
        """What authors declare, in notes of theirs or at the end of the file."""
        backs = [each for back in self.root.iterchildren("back") for each in back.iter("ack", "fn", "notes", "sec")]
        cited = {key for each in self.root.iterfind("body//xref") for key in each.get("rid", "").split()}
        for each in (*self.meta.iterfind("author-notes/fn"), *backs):
            kinds = [each.get(name, "").lower() for name in ("fn-type", "sec-type", "notes-type")] + (["ack"] if each.tag == "ack" else [])
            key = next((STATEMENTS[kind] for kind in kinds if kind in STATEMENTS), "")
            inside = any(parent in self.places for parent in each.iterancestors())
            text = "\n\n".join(_paragraphs(each, "label"))
            if not key or inside or not text or each.get("id") in cited and each.getparent().tag == "fn-group":
                continue
            if key == "funding" and (self.data.get("funding") or UNFUNDED.match(text)):
                continue
            if each not in self.places:
                self._place(each)
            if key == "funding":
                self._fund(each, text)
            else:
                tag = spoken(each, text, self.own)
                if tag in self.data.setdefault(key, {}):
                    self.data[key][tag] += f"\n\n{text}"
                    self.tell(f"{key}.{tag}", text, each)
                else:
                    self._add(key, tag, text, each)

    def _read_translations(self) -> None:
        """The front matter of a translation that the same file holds."""
        for each in self.root.iterchildren("sub-article"):
            stub = each.find("front-stub")
            stub = stub if stub is not None else each.find("front/article-meta")
            if each.get("article-type") != "translation" or stub is None:
                continue
            tag = tongue(each, self.own)
            for title in stub.iterfind("title-group/article-title"):
                self._foreign("title", tag, words(title, "xref", "fn"), title)
            for text in stub.iterchildren("abstract"):
                self._foreign("abstract", tag, "\n\n".join(_paragraphs(text)), text)
            for group in stub.iterchildren("kwd-group"):
                self._foreign("keywords", tag, [words(kwd) for kwd in group.iterchildren("kwd")], group)

    def _foreign(self, key: str, tag: str, value: Any, element: etree._Element) -> None:
        if value and tag not in self.data.setdefault(key, {}):
            self._place(element)
            self.data[key][tag] = value
            self.tell(f"{key}.{tag}", value if isinstance(value, str) else "; ".join(value), element)


def _titled(title: str, below: Sequence[str]) -> str:
    """A title with its subtitle."""
    return ": ".join(filter(None, (title.rstrip(" :"), *below))) if below else title


def _paragraphs(element: etree._Element, *without: str) -> list[str]:
    """The paragraphs of a text without its own title; a part of it begins with its heading."""
    made: list[str] = []
    for child in element:
        if child.tag in ("title", "label", *without):
            continue
        if child.tag == "sec":
            inner, head = _paragraphs(child), words(child.find("title"))
            made += [f"{head}{'' if head[-1] in '.:?!' else ':'} {inner[0]}", *inner[1:]] if head and inner else inner or [head]
        elif child.tag == "list":
            made += [words(item, "label") for item in child.iterchildren("list-item")]
        elif words(child):
            made.append(words(child))
    return made or ([words(element, "title", "label")] if words(element, "title", "label") else [])
