"""The front matter of a received document, in any order and language: found by structure and words, each part with how sure that is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from basylym.intake.affiliations import Place, is_place, read_person
from basylym.intake.authorship import Author, Authors
from basylym.intake.codes import DATES, Code, find_codes, find_dates, find_emails, find_orcids
from basylym.intake.document import Document
from basylym.intake.head_lines import notes_in_place, read_lines
from basylym.intake.head_titles import TONGUES, Title, name_languages
from basylym.intake.heads import Head, read_head
from basylym.intake.keywords import by_paragraphs, is_mixed_list, split_keywords
from basylym.intake.labels import exact_words, has_word, skeleton, tongue_of
from basylym.intake.losses import count_words, is_needless, strings
from basylym.intake.names import Person, read_name
from basylym.intake.organisations import is_organisation
from basylym.intake.people import is_degree, is_position
from basylym.intake.spans import DOWN, UP, Span
from basylym.intake.trilingual_heads import split_head
from basylym.intake.understood import Decision, Front, Sureness
from basylym.intake.zones import Piece, Walk, Zones
from basylym.languages.identify import guess_language, identify_language
from basylym.messages import Phrase

ORDER = ("language", "title", "authors", "affiliations", "abstract", "keywords", "udc", "irsti", "doi", "edn", "dates", "funding",
         "acknowledgements", "conflict_of_interest", "contributions")
"""The keys as article.md has them."""


def understand_front(document: Document) -> Front:
    """The front matter of a document, as it goes into article.md; what was not found is not there."""
    spans = read_lines(document.blocks)
    zones = Walk(spans).run()
    return _Reading(document, spans, zones).read()


class _Reading:
    """One document's front matter being put together."""

    def __init__(self, document: Document, spans: Sequence[Span], zones: Zones) -> None:
        self.document, self.spans, self.zones = document, spans, zones
        self.data: dict[str, Any] = {}
        self.decisions: list[Decision] = []
        self.taken: set[int] = set()
        self.second: set[int] = set()
        body = " ".join(span.text for span in spans[zones.body[0]:zones.body[1]])
        pieces = [piece for group in zones.groups for piece in group.pieces]
        self.language = "kk"
        self.language = guess_language(body[:8000]) if len(body) > 200 else self._tag(pieces[0]) if pieces else guess_language(
            " ".join(span.text for span in spans)[:8000])
        if self.language not in TONGUES:
            self.language = identify_language(body[:8000], TONGUES) or self.language

    def read(self) -> Front:
        """All of it."""
        heads = []
        for group in self.zones.groups:
            for piece in group.pieces:
                self._add_piece(piece)
            head = read_head(group.head)
            tags = list(dict.fromkeys(map(self._tag, group.pieces)))
            name_languages(head, tags[0] if len(tags) == 1 else "", self.language)  # abstracts in several languages tell nothing of it
            heads.append(head)
        self._add_titles(heads)
        self._add_codes(heads)
        self._add_authors(heads)
        for piece in self.zones.statements:
            self._add_statement(piece)
        for heading in self.zones.headings:
            self._decide("left_out", heading.text, "certain", [heading], Phrase("a label that the template prints"))
        self._add_placeless([span for head in heads for span in (*head.read, *head.contacts)])
        self._add_notes()
        self.data["language"] = self.language
        data = {key: self.data[key] for key in ORDER if key in self.data}
        return Front(data, tuple(self.decisions), self._used())

    def _add_placeless(self, read: Sequence[Span]) -> None:
        """What lines about the authors say, and article.md has no place for: a telephone number, a year of copyright."""
        known = {*count_words(" ".join(strings(self.data))), *count_words(" ".join(
            each.taken for each in self.decisions if each.part in ("left_out", "unknown")))}
        used = self._used()
        notes = [span for part, span in self.zones.notes if part in ("corresponding", "email")]
        told = {each.taken for each in self.decisions if each.part == "no_place"}
        for span in (span for span in dict.fromkeys((*read, *self.zones.people, *notes)) if span.text not in told):
            for piece in re.split(r"[,;]\s+|\s[–—]\s|\t", re.sub(f"[{UP}{DOWN}]", " ", span.marked)) if span.block in used else ():
                if any(word not in known and not is_needless(word) for word in count_words(piece)):
                    self._set_aside(piece.strip(), span)

    def _set_aside(self, piece: str, span: Span) -> None:
        """Tells of words about the authors that were not taken; a name, a degree, an organisation is for the editor to choose."""
        bare = re.sub(r"^[\d\s*.,)(]+|[\s.,;:]+$", "", piece)
        tests = (read_name, is_organisation, is_degree, is_position, is_place, find_orcids)
        if read_name(piece.strip(" ,;")) or any(test(bare) for test in tests):
            why = Phrase("it is said of the authors otherwise than article.md has it: choose")
            self.decisions.append(Decision((span.block,), "unknown", piece, "unknown", why, piece))
        else:
            self.decisions.append(Decision((span.block,), "no_place", piece, "likely", Phrase(
                "it is said of the authors, and article.md has no place for it"), piece))

    def _author_notes(self, people: Sequence[Person]) -> list[Span]:
        """Footnotes at authors' names that tell who they are, as lines about them: «PhD, доцент» behind the name it stands at."""
        named: dict[int, list[Person]] = {}
        for person in people:
            named.setdefault(person.block, []).append(person)
        found, blocks = [], {block.number: block for block in self.document.blocks}
        for span in {span.block: span for span in self.spans if span.block in named}.values():
            block = blocks[span.block]
            for before, note in notes_in_place(block.node):
                behind = [person for person in named[span.block] if before.rstrip(" ,;.*†0123456789").endswith(person.taken.rstrip(". "))]
                owner = read_person(note, span.block)
                told = owner or is_organisation(note) or is_degree(note) or is_position(note) or find_emails(note)
                if behind and len(note) < 700 and told:
                    text = note if owner else f"{behind[0].taken} – {note}"
                    found.append(Span(span.block, text, text, span.look))
        return found

    def _add_notes(self) -> None:
        """Footnotes of the lines taken have no place in front matter: they are told."""
        used = self._used()
        read = {(span.block, words) for span in self.zones.people for words in (span.text, span.text.partition(" – ")[2])}
        for block in self.document.blocks:
            for note in (words for _, words in notes_in_place(block.node)) if block.number in used else ():
                if (block.number, note) in read:
                    continue
                self.decisions.append(Decision((block.number,), "unknown", note, "unknown", Phrase("a footnote of the front matter"), note))

    def _used(self) -> frozenset[int]:
        """The blocks of which every line was taken."""
        lines = [(span.block, id(span) in self.taken) for span in (*self.spans, *self.zones.people)]
        return frozenset({block for block, taken in lines if taken} - {block for block, taken in lines if not taken})

    def _decide(self, part: str, value: str, sure: Sureness, spans: Sequence[Span], why: object, taken: str = "") -> None:
        self.taken.update(map(id, spans))
        blocks = tuple(dict.fromkeys(span.block for span in spans))
        self.decisions.append(Decision(blocks, part, value, sure, why, taken or " ".join(span.text for span in spans)))

    def _leave(self, span: Span, why: Phrase) -> None:
        """Tells of a line that is not taken."""
        self.decisions.append(Decision((span.block,), "unknown", span.text, "unknown", why, span.text))

    def _tag(self, piece: Piece) -> str:
        """The language of a labelled part: what its words are in, else its label's."""
        words = " ".join([piece.first, *(span.text for span in piece.spans[1:])])
        found = identify_language(words, tuple(dict.fromkeys((*piece.tags, *TONGUES))))
        return found or next((tag for tag in (*piece.tags, guess_language(words)) if tag in TONGUES), self.language)

    def _add_piece(self, piece: Piece) -> None:
        tag = self._tag(piece)
        texts = [text for text in (piece.first, *(span.text for span in piece.spans[1:])) if text]
        if not texts:
            return
        label = Phrase("the word «{label}» before it", label=piece.label) if piece.label else Phrase("prose that keywords follow")
        sure: Sureness = "certain" if tag in piece.tags else "likely"
        if piece.part == "abstract":
            text = _joined(texts, piece.spans)
            store = self.data.setdefault("abstract", {})
            if tag in store:
                if store[tag] != text:
                    self._decide("unknown", text, "unknown", piece.spans, Phrase("a second abstract in one language"))
                return
            store[tag] = text
            self._decide(f"abstract.{tag}", text, sure, piece.spans, label)
            return
        words = split_keywords(texts if self.document.kind in ("text", "pdf") else by_paragraphs(texts, piece.spans))
        sure = "likely" if is_mixed_list(" ".join(texts)) else sure
        store = self.data.setdefault("keywords", {})
        if tag in store:
            if store[tag] != words:
                self._decide("unknown", ", ".join(words), "unknown", piece.spans, Phrase("second keywords in one language"))
            return
        store[tag] = words
        self._decide(f"keywords.{tag}", "; ".join(words), sure, piece.spans, label)

    def _add_titles(self, heads: Sequence[Head]) -> None:
        store: dict[str, Title] = {}
        for head in heads:
            for tag in dict.fromkeys(title.tag for title in head.titles):
                mine = [title for title in head.titles if title.tag == tag and len(title.text) > 2]
                if not mine or tag in store and store[tag].weight >= max(title.weight for title in mine):
                    head.unknown += [span for title in mine for span in title.spans]
                    if mine and tag in store and head.authors and store[tag].text != mine[0].text:
                        self.second |= {id(span) for span in mine[0].spans}
                    continue
                best = max(mine, key=lambda title: (title.weight, len(title.text)))
                if best.weight < -1:
                    head.unknown += [span for title in mine for span in title.spans]
                    continue
                if tag in store:
                    head.unknown += store[tag].spans
                store[tag] = best
                head.unknown += [span for title in mine if title is not best for span in title.spans]
        for tag in sorted(store, key=lambda each: (each != self.language, list(store).index(each))):
            title = store[tag]
            self.data.setdefault("title", {})[tag] = title.text
            self._decide(f"title.{tag}", title.text, "certain" if title.sure and title.weight > 2 else "likely", title.spans,
                         Phrase("it stands at the head and is nothing else"))
        for head in heads:
            for span in head.unknown:
                if not any(span is each for title in store.values() for each in title.spans):
                    second = Phrase("a second title in one language: are there two articles in the file?")
                    self._leave(span, second if id(span) in self.second else Phrase("a line of the head that is nothing known"))
            for span in head.kinds:
                self._decide("left_out", span.text, "likely", [span], Phrase("it says what kind of article it is"))

    def _add_codes(self, heads: Sequence[Head]) -> None:
        found = [(code, span) for head in heads for code, span in head.codes]
        for part, span in self.zones.notes:
            if part in DATES:
                days = find_dates(span.text)
                found += [(code, span) for code in days]
                if not days:
                    self._leave(span, Phrase("a day that cannot be read"))
            elif part == "cite_as":
                found += [(code, span) for code in find_codes(span.text) if code.part == "doi"]
                self._decide("left_out", span.text, "likely", [span], Phrase("how to cite it is made anew"))
        for code, span in found:
            self._add_code(code, span)

    def _add_code(self, code: Code, span: Span) -> None:
        why = Phrase("its form and the word before it")
        if code.part in DATES:
            if self.data.setdefault("dates", {}).setdefault(code.part, code.value) == code.value:
                self._decide(f"dates.{code.part}", code.value, code.sure, [span], why, code.taken)
            return
        if code.part in ("udc", "irsti"):
            store = self.data.setdefault(code.part, [])
            if code.value not in store:
                store.append(code.value)
        elif self.data.setdefault(code.part, code.value) != code.value:
            self._decide("unknown", code.value, "unknown", [], Phrase("another {part} than before", part=code.part.upper()), code.taken)
            return
        self._decide(code.part, code.value, code.sure, [span], why, code.taken)

    def _add_authors(self, heads: Sequence[Head]) -> None:
        authors = Authors(self.language)
        for head in sorted(heads, key=lambda each: not each.authors):
            for each in split_head(head, self.language):
                authors.add_head(each)
        noted = self._author_notes([person for head in heads for person in head.authors])
        self.zones.people += noted
        rest = authors.add_people(self.zones.people, self.zones.labelled)
        self.zones.people = [span for span in self.zones.people if span not in noted or span not in rest]
        rest = [span for span in rest if span not in noted]
        contacts = [span for head in heads for span in head.contacts] + [
            span for part, span in self.zones.notes if part in ("corresponding", "email")]
        for span in contacts:
            if authors.add_contact(span):
                self._decide("corresponding", span.text, "certain", [span], Phrase("the words before it"))
            else:
                rest.append(span)
        if len(authors.authors) > 1 and all(author.corresponding for author in authors.authors):
            for author in authors.authors:
                author.corresponding = False
        by_block = {span.block: span for span in self.spans}
        nameless = authors.drop_nameless()
        for at, author in enumerate(authors.authors):
            self._add_author(at, author, by_block)
        for at, organisation in enumerate(authors.organisations):
            self._add_organisation(at, organisation.places)
        for head in heads:
            for span in head.read:
                if id(span) not in self.taken and not any(span is each for each in head.unknown):
                    self._decide("authors", span.text, "likely", [span], Phrase("it stands among what is said of the authors"))
        for place in nameless:
            self.decisions.append(Decision((place.block,) if place.block else (), "unknown", ", ".join(filter(None, (
                place.city, place.country))), "unknown", Phrase("a place without an organisation"), place.taken))
        for span in (span for head in heads for span in head.placeless):
            self._decide("no_place", span.text, "likely", [span], Phrase("article.md has no place for it"))
        for span in (span for head in heads for span in head.supervisors):
            self._decide("no_place", span.text, "likely", [span], Phrase("a supervisor is no author, and article.md has no place for one"))
        for value, span in authors.unowned:
            if not any(value in (author.email, author.orcid) for author in authors.authors):
                self._decide("unknown", value, "unknown", [span], Phrase("an address that stands beside no author: say whose it is"), value)
        for person in authors.loose:
            why = Phrase("a name that is none of the authors")
            self.decisions.append(Decision((person.block,), "unknown", person.taken, "unknown", why, person.taken))
        left = set(map(id, rest))
        for span in self.zones.people:
            if id(span) not in left:
                self._decide("authors", span.text, "likely", [span], Phrase("it stands among what is said of the authors"))

    def _add_author(self, at: int, author: Author, by_block: dict[int, Span]) -> None:
        entry: dict[str, Any] = {"name": {}}
        for tag in sorted(author.names, key=lambda each: (each != self.language, TONGUES.index(each) if each in TONGUES else 9)):
            person = author.names[tag]
            entry["name"][tag] = person.data()
            spans = [span for each in (person, *(each for spoken, each in author.sources if spoken == tag and each.block != person.block))
                     for span in self.spans if span.block == each.block and (each.taken[:20] in span.text or len(each.taken) > 200)]
            self._decide(f"authors.{at}.name.{tag}", f"{person.given} {person.patronymic} {person.family}".replace("  ", " "),
                         person.sure if author.sure else "likely", spans or [by_block[person.block]] if person.block in by_block else [],
                         Phrase("the form of a name"), person.taken)
        for kind in ("degree", "position"):
            for tag, person in author.sources:
                if words := getattr(person, kind):
                    text = ", ".join(dict.fromkeys(words))
                    spoken = identify_language(text, TONGUES) or tongue_of(text, kind + "s") or tongue_of(" ".join((
                        *person.degree, *person.position, *person.places)), "degrees", "positions", "named_after") or tag
                    if entry.setdefault(kind, {}).get(spoken, text) != text and (other := guess_language(text)) in TONGUES:
                        spoken = other
                    if entry[kind].setdefault(spoken, text) == text:
                        self.decisions.append(Decision((person.block,), f"authors.{at}.{kind}.{spoken}", text, "likely",
                                                       Phrase("it stands beside the name"), text))
        if author.places:
            entry["affiliations"] = [f"org-{number + 1}" for number in author.places]
            self.decisions.append(Decision((), f"authors.{at}.affiliations", ", ".join(str(number + 1) for number in author.places),
                                           "likely", Phrase("marks, or the order of the lines"),
                                           ", ".join(author.names[tag].family for tag in list(author.names)[:1])))
        for kind in ("orcid", "email"):
            if value := getattr(author, kind):
                entry[kind] = value
                blocks = tuple(dict.fromkeys(span.block for span in self.spans if value[:12] in span.text))[:1]
                self.decisions.append(Decision(blocks, f"authors.{at}.{kind}", value, "certain", Phrase("its form"), value))
        if author.corresponding:
            entry["corresponding"] = True
        self.data.setdefault("authors", []).append(entry)

    def _add_organisation(self, at: int, places: dict[str, Place]) -> None:
        entry: dict[str, Any] = {"id": f"org-{at + 1}"}
        for kind in ("name", "city", "country"):
            for tag, place in places.items():
                if value := getattr(place, kind):
                    entry.setdefault(kind, {})[tag] = value
        for tag, place in places.items():
            spans = [span for span in self.spans if span.block == place.block and (
                place.name[:20] in span.text or (place.city and place.city in span.text))] or self._told(place.name)
            whole, plain = ", ".join(filter(None, (place.name, place.city, place.country))), has_word(place.name, "organisations")
            self._decide(f"affiliations.{at}.name.{tag}", whole, "certain" if place.country and plain else "likely", spans,
                         Phrase("a word for an organisation") if plain else Phrase("it stands where organisations do"), place.taken)
            for word in place.left:
                self._decide("left_out", word, "likely", self._told(word) or spans, Phrase(
                    "part of an address that the article has no place for"), word)
        self.data.setdefault("affiliations", []).append(entry)

    def _told(self, words: str) -> list[Span]:
        """The line about the authors that has words."""
        return [span for span in self.zones.people if words and words[:20] in span.text][:1]

    def _add_statement(self, piece: Piece) -> None:
        texts = [text for text in (piece.first, *(span.text for span in piece.spans[1:])) if text]
        if not texts:
            return
        text, tag = "\n\n".join(texts), self._tag(piece)
        why = Phrase("the word «{label}» before it", label=piece.label)
        if piece.part == "funding" and skeleton(text.strip(" .")) in exact_words("no_funding"):
            self._leave(piece.spans[0], Phrase("it names nobody who paid"))
            return
        if piece.part == "funding":
            store = self.data.setdefault("funding", [{"funder": {}}])[0]["funder"]
        else:
            store = self.data.setdefault(piece.part, {})
        if tag in store:
            text = f"{store[tag]}\n\n{text}"
        store[tag] = text
        sure: Sureness = "certain" if tag in piece.tags and not (piece.part == "funding" and text.endswith(".")) else "likely"
        self._decide(f"{piece.part}.{tag}", text, sure, piece.spans, why)


def _joined(texts: Sequence[str], spans: Sequence[Span]) -> str:
    """The paragraphs of an abstract; lines of one block are one."""
    blocks = [span.block for span in spans[-len(texts):]]
    text = ""
    for at, part in enumerate(texts):
        text += part if not at else (" " if blocks[at] == blocks[at - 1] else "\n\n") + part
    return text
