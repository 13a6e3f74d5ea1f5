"""The front matter of a text of LaTeX: the commands of the usual classes, as the paragraphs that they set.

article, IEEEtran, amsart, elsarticle, llncs, revtex, Springer's sn-jnl, authblk and what journals call theirs. Who belongs where is said by
marks, as printed articles say it; the words then are read as those of every other file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from basylym.intake.codes import find_emails
from basylym.intake.labels import has_word
from basylym.intake.tex_groups import BEGIN, Command, Stretch, commands, environments, put_in
from basylym.languages import language
from basylym.languages.identify import guess_language

TITLES = ("title", "icmltitle", "titlerus", "titleeng", "titlekaz", "engtitle", "rustitle", "kaztitle", "ruTitle", "enTitle", "kzTitle")
AUTHORS = ("author", "authors")
PLACES = ("address", "affil", "affiliation", "institute", "institution", "affiliations", "altaffiliation", "curraddr", "organization",
          "place", "university", "department", "inst")
EMAILS = ("email", "ead", "emails", "correspondingauthor")
CODES = {"udc": "УДК", "UDC": "UDC", "udk": "УДК", "UDK": "УДК", "UDT": "УДК", "uuk": "УДК", "mrnti": "МРНТИ", "MRNTI": "МРНТИ",
         "grnti": "ГРНТИ", "irsti": "IRSTI", "IRSTI": "IRSTI", "doi": "DOI:", "DOI": "DOI:"}
"""What journals call their codes, and how these are printed."""
SUBJECTS = {**dict.fromkeys(("subjclass", "msc", "MSC", "amsclass"), "Mathematics Subject Classification:"),
            **dict.fromkeys(("jel", "JEL"), "JEL:"), **dict.fromkeys(("pacs", "PACS"), "PACS:")}
WORDS = ("keywords", "keyword", "IEEEkeywords", "Keywords", "keywordsrus", "keywordseng", "kwd", "klyuchevye", "indexterms")
ABSTRACTS = ("abstract", "Abstract", "abstracts", "annotation", "rusabstract", "engabstract", "kazabstract", "onecolabstract")
TAKEN = dict.fromkeys((*TITLES, *AUTHORS, *PLACES, *EMAILS, *CODES, *SUBJECTS, "subtitle", "keywords", "Keywords", "abstract", "dedicatory",
                       "tnotetext", "fntext", "cortext", "thanks", "date", "received", "accepted", "revised", "orcid", "orcidID", "funding",
                       "titlenote", "authornote", "runninghead"), 1)
INNER = dict.fromkeys(("thanks", "inst", "orcidID", "orcid", "email", "ead", "corref", "fnref", "tnoteref", "IEEEauthorrefmark",
                       "footnote", "footnotemark", "textsuperscript", "IEEEauthorblockN", "IEEEauthorblockA", "IEEEmembership", "orcidlink",
                       "affil", "IEEEcompsocitemizethanks", "and", "And", "AND"), 1)
MARK = re.compile(r"\$\s?\{?\}?\^\s?(?:\{([^{}$]{1,30})\}|(\\?\w+|\*))\s?\$")
"""A raised mark that is set as a formula."""
MARKS = {"dagger": "†", "ddagger": "‡", "ast": "*", "star": "*", "S": "§", "P": "¶"}
DONE = re.compile(r"\\(?:maketitle|frontmatter|mainmatter|titlepage|thispagestyle\{\w*\}|(?:begin|end)\{(?:frontmatter|titlepage|"
                  r"opening|otherlanguage\*?)\}(?:\{\w*\})?)")
LINE = re.compile(r"\\\\\*?(?:\[[^\]\n]{0,20}\])?|\\newline(?![A-Za-z])|\\par(?![A-Za-z])|\n[ \t]*\n")
SMALL = re.compile(r"\\(?:small|footnotesize|normalsize|large|Large|LARGE|huge|itshape|bfseries|scriptsize|centering|it|bf|rm|em|tt|sc"
                   r"|protect|noindent|IEEEauthorblockN|quad|qquad|hfill)(?![A-Za-z])\s?")
KEYS = re.compile(r"([a-z]{2,20})\s{0,9}=\s{0,9}(?:\{([^{}]{0,300})\}|([^,{}]{1,300}))")
SPLIT = re.compile(r"\\(?:and|And|AND)(?![A-Za-z])")
MONEY = re.compile(r"support|funded|grant|фонд|грант|финансир|қаржы|поддержк", re.I)
AUTHOR_CALLED = re.compile(r"correspond|автор для|хат-хабар", re.I)
LONGEST = 50_000
"""What is longer is no title, no author and no abstract."""
MOST = 300
"""So many authors or organisations are read."""


@dataclass
class Writer:
    """An author as the commands tell."""

    name: str
    keys: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    """What is said of the author: a degree, an ORCID, an address."""
    notes: list[str] = field(default_factory=list)
    marked: bool = False


@dataclass
class Cover:
    """The title and the authors of one language."""

    at: int
    title: list[str] = field(default_factory=list)
    writers: list[Writer] = field(default_factory=list)
    places: list[tuple[str, str]] = field(default_factory=list)
    """Organisations with their keys."""
    lines: list[str] = field(default_factory=list)
    """Lines of the authors that are printed as they stand."""
    notes: list[tuple[str, str]] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    open: int = 0
    """The first author who has no organisation yet."""


def set_front(text: str) -> str:
    """The text with its front matter as paragraphs, each such as a page shows it."""
    begin = text.find(BEGIN)
    start = begin + len(BEGIN) if begin >= 0 else 0
    covers, late, cuts = [Cover(-1)], [], []
    text = _set_parts(text, start)
    for each in commands(text, TAKEN):
        if each.name in TITLES and covers[-1].title and each.groups:
            covers.append(Cover(each.start))
        put = _take(each, covers[-1])
        if put is not None:
            cuts.append((each.start, each.end, put if each.start >= start else ""))
            if put and each.start < start:
                late.append(put)
    if not cuts:
        return text.replace("\ufdd0", "")
    places = [(max(cover.at, start), "\n\n".join(("", *_paragraphs(cover), ""))) for cover in covers]
    made, last = [], 0
    for begins, ends, put in sorted([*cuts, *((at, at, put) for at, put in places)], key=lambda each: each[:2]):
        if begins >= last:
            made += (text[last:begins], put)
            last = ends
    whole = DONE.sub("\n\n", "".join([*made, text[last:]]))
    if late:
        at = whole.find("\ufdd0", whole.find(BEGIN))
        end = whole.find("\n\n", at) if at >= 0 else -1
        end = end if end >= 0 else whole.find(BEGIN) + len(BEGIN) + sum(len(put) for _, put in places)
        whole = "".join((whole[:end], "\n\n", "\n\n".join(late), "\n\n", whole[end:]))
    return whole.replace("\ufdd0", "")


def _set_parts(text: str, start: int) -> str:
    """The text, abstracts and keywords in it as the paragraphs they are."""
    before, body = text[:start], text[start:]

    def put(each: Stretch) -> str:
        inner = body[each.inner[0]:each.inner[1]]
        return inner if len(inner) > LONGEST else _keywords(inner) if each.name in WORDS else _abstract(inner)

    return before + put_in(body, environments(body, (*WORDS, *ABSTRACTS)), put)


def _label(text: str, kind: str) -> str:
    tag = guess_language(re.sub(r"\\[A-Za-z]+", "", text)) or "en"
    return language(tag).labels[kind]


def _abstract(text: str) -> str:
    """An abstract with its label; keywords in it stand after it."""
    after: list[str] = []
    for each in reversed(list(commands(text, dict.fromkeys(("keywords", "Keywords", *SUBJECTS), 1)))):
        if each.groups:
            after.insert(0, _keywords(each.groups[0]) if each.name.lower() == "keywords" else f"{SUBJECTS[each.name]} {each.groups[0]}")
            text = text[:each.start] + text[each.end:]
    text = re.sub(r"^\s*\{[^{}]{0,40}\}", "", text) if text.lstrip().startswith("{") and "}" in text[:60] else text
    return "\n\n".join(("", f"\ufdd0{_label(text, 'abstract')}. {text.strip()}", *after, ""))


def _keywords(text: str) -> str:
    more: list[str] = []
    for each in reversed(list(commands(text, dict.fromkeys(SUBJECTS, 0)))):
        end = text.find("\\sep \\", each.end)
        rest = re.sub(r"^\s*\[\w*\]", "", text[each.end:end if end >= 0 else len(text)]).replace("\\sep", "; ")
        more.insert(0, f"{SUBJECTS[each.name]} {rest.strip()}")
        text = text[:each.start] + (text[end:] if end >= 0 else "")
    text = re.sub(r"\\(?:sep|and)(?![A-Za-z])\s?|\\\\", "; ", text)
    text = re.sub(r"\s+;", ";", text).strip(" \n;.")
    text = re.sub(r"^(?:Key\s?words|Index Terms)\W{1,4}", "", text, flags=re.I)
    return "\n\n".join(("", f"{_label(text, 'keywords')}: {text}", *more, ""))


def _take(command: Command, cover: Cover) -> str | None:
    """Takes what a command says; what stands in its place. None where it is no front matter."""
    if not command.groups:
        return None
    name, text = command.name, command.groups[0].strip()
    if name in TITLES or name == "subtitle":
        cover.title.append(_strip(text, cover))
    elif name in AUTHORS:
        _read_authors(text, command.option, cover)
    elif name in PLACES:
        _read_place(text, command.option, cover, name == "institute")
    elif name in EMAILS:
        return _give(cover, text)
    elif name in ("orcid", "orcidID"):
        return _give(cover, f"ORCID: {text}")
    elif name in CODES:
        cover.codes.append(text if has_word(text[:30], "udc") else f"{CODES[name]} {text}")
    elif name in SUBJECTS:
        cover.notes.append(("", f"{SUBJECTS[name]} {text}"))
    elif name.lower() == "keywords":
        return _keywords(text)
    elif name == "abstract":
        return _abstract(text)
    elif name == "runninghead" or name == "date" and text in ("", "\\today"):
        return ""
    else:
        cover.notes.append((command.option, text))
    return ""


def _give(cover: Cover, text: str) -> str | None:
    """Gives the last author an address; where there is none yet, it stands as it is."""
    if not cover.writers:
        return None
    cover.writers[-1].said.append(text)
    return ""


def _strip(text: str, cover: Cover) -> str:
    """The words without notes and marks, which are kept apart."""
    for each in reversed(list(commands(text, {"thanks": 1, "footnote": 1, "tnoteref": 1, "footnotemark": 0, "titlenote": 1}))):
        if each.groups and each.name != "tnoteref":
            cover.notes.append(("", each.groups[0]))
        text = f"{text[:each.start]} {text[each.end:]}"
    return " ".join(LINE.sub(" ", text).split())


def _read_authors(text: str, option: str, cover: Cover) -> None:
    """The authors of one command: one with keys, several with `\\and`, or lines as they are printed."""
    text = MARK.sub(lambda found: f"\\textsuperscript{{{_sign(found[1] or found[2])}}}", text)
    if "\\IEEEauthorblock" in text:
        _read_blocks(text, cover)
        return
    for part in SPLIT.split(text)[:MOST]:
        lines = [SMALL.sub("", each).strip() for each in LINE.split(part)]
        lines = [each for each in lines if each.strip(" ~{}")]
        if not lines:
            continue
        raised = re.search(r"\\textsuperscript", lines[0]) and not option
        several = not option and len(lines) == 1 and re.search(r",\s|\band\b", re.sub(r"\\\w+\{[^{}]*\}", "", lines[0]))
        if raised and len(lines) > 1 or several:
            cover.lines += [_lineless(each, cover) for each in lines]
            continue
        writer = _read_writer(lines[0], cover)
        writer.keys += [key for each in re.split(r"[,;]", option) if (key := each.strip()) and "=" not in key]
        cover.writers.append(writer)
        for line in lines[1:]:
            emails = find_emails(_bare(line))
            if emails and len(_bare(line)) < len(emails[0]) + 12:
                writer.said.append(line)
            else:
                key = f" {len(cover.places)}"
                cover.places.append((key, line))
                writer.keys.append(key)
                cover.open = len(cover.writers)


def _lineless(line: str, cover: Cover) -> str:
    for each in reversed(list(commands(line, {"thanks": 1}))):
        cover.notes.append(("", each.groups[0] if each.groups else ""))
        line = line[:each.start] + line[each.end:]
    return line


def _sign(mark: str) -> str:
    return re.sub(r"\\([A-Za-z]+)\s?", lambda found: MARKS.get(found[1], ""), mark)


def _read_writer(text: str, cover: Cover) -> Writer:
    writer = Writer("")
    for each in reversed(list(commands(text, INNER))):
        if each.name in ("inst", "IEEEauthorrefmark", "textsuperscript") and each.groups:
            writer.keys[:0] = [key.strip() for key in each.groups[0].split(",")]
        elif each.name in ("orcidID", "orcid", "orcidlink") and each.groups:
            writer.said.insert(0, f"ORCID: {each.groups[0]}")
        elif each.name == "corref":
            writer.marked = True
        elif each.name == "fnref" and each.groups:
            writer.notes += each.groups[0].split(",")
        elif each.name in ("thanks", "footnote") and each.groups:
            note = each.groups[0]
            emails = find_emails(_bare(note))
            if emails:
                writer.said.append(emails[0])
                note = re.sub(r"[\s,;]*(?:e-?mails?:?)?\s?$", "", note.replace(emails[0], ""), flags=re.I)
            if AUTHOR_CALLED.search(note):
                writer.marked = True
                cover.notes.append(("", note))
            elif has_word(note, "degrees"):
                writer.said.append(note)
            elif note.strip() and not MONEY.search(note) and (emails or has_word(note, "organisations")):
                cover.places.append((f" {len(cover.places)}", note.strip(" .")))
                writer.keys.append(cover.places[-1][0])
            else:
                cover.notes.append(("", note))
        elif each.name in ("email", "ead", "IEEEmembership") and each.groups:
            writer.said.append(each.groups[0])
        elif each.name == "affil" and each.groups:
            cover.places.append((f" {len(cover.places)}", each.groups[0]))
            writer.keys.append(cover.places[-1][0])
        else:
            continue
        text = f"{text[:each.start]}{text[each.end:]}"
    writer.name = " ".join(re.sub(r"\\(?:fnm|sur|spfx|pfx|sfx|textbf|textit|firstname|lastname)(?![A-Za-z])", "", text).replace(
        "{", "").replace("}", "").split()).strip(" ,;")
    return writer


def _read_blocks(text: str, cover: Cover) -> None:
    """IEEE's blocks of names and of organisations."""
    for each in commands(text, {"IEEEauthorblockN": 1, "IEEEauthorblockA": 1}):
        inner = each.groups[0] if each.groups else ""
        if each.name == "IEEEauthorblockN":
            cover.open = len(cover.writers)
            split = re.compile(r",\s(?!\s*(?:Member|Senior|Fellow|Jr))|\s(?:and|и|және)\s|\\and(?![A-Za-z])")
            cover.writers += [_read_writer(name, cover) for name in split.split(inner)[:MOST] if name.strip(" ~")]
            continue
        mark = next(commands(inner, {"IEEEauthorrefmark": 1}), None)
        key = mark.groups[0] if mark is not None and mark.groups else f" {len(cover.places)}"
        inner = inner[:mark.start] + inner[mark.end:] if mark is not None else inner
        mine = [writer for writer in cover.writers[cover.open:] if key in writer.keys or mark is None]
        lines = [line.strip(" ,~") for line in LINE.split(inner) if line.strip(" ,~")]
        addressed = [line for line in lines if find_emails(_bare(line)) or "@" in line]
        rest = ", ".join(line for line in lines if line not in addressed)
        if rest:
            cover.places.append((key, rest))
            for writer in mine:
                writer.keys += [key] if key not in writer.keys else []
        if len(mine) == 1:
            mine[0].said += addressed
        else:
            cover.notes += [("", line) for line in addressed]


def _read_place(text: str, option: str, cover: Cover, several: bool) -> None:
    """An organisation: by its key, by its number, or of the authors before it who have none yet."""
    if "=" in text and KEYS.search(text):
        found = {key: one or other for key, one, other in KEYS.findall(text)}
        order = ("organization", "institution", "department", "addressline", "street", "city", "state", "postcode", "country")
        text = ", ".join([found[key].strip() for key in order if found.get(key, "").strip()] + [
            value.strip() for key, value in found.items() if key not in order and value.strip()])
    parts = SPLIT.split(text)[:MOST] if several else [text]
    numbered = len(parts) > 1 or any(writer.keys for writer in cover.writers) and several
    for at, part in enumerate(parts, 1):
        for each in reversed(list(commands(part, {"email": 1, "ead": 1, "url": 1}))):
            key, addresses = str(at), each.groups[0] if each.groups else ""
            mine = [writer for writer in cover.writers if key in writer.keys] if numbered else cover.writers
            if len(mine) == 1 and "," not in addresses:
                mine[0].said.append(addresses)
            else:
                cover.notes.append(("", addresses))
            part = part[:each.start] + part[each.end:]
        lines = LINE.split(part)
        if len(lines) > 1 and (addressed := [line for line in lines if find_emails(_bare(line))]):
            mine = cover.writers[cover.open:]
            for line in addressed:
                mine[0].said.append(line.strip()) if len(mine) == 1 else cover.notes.append(("", line.strip()))
            part = "\\\\".join(line for line in lines if line not in addressed)
        part = re.sub(r"[\s,;]+$", "", SMALL.sub("", LINE.sub(", ", part)))
        option_key = re.sub(r"^.*=", "", option).strip()
        key = option_key or (str(at) if numbered else f" {len(cover.places)}")
        cover.places.append((key, re.sub(r"(?:,\s*){2,}", ", ", part)))
        if not option_key and not numbered:
            mine = cover.writers[cover.open:] or cover.writers[-1:]
            for writer in mine:
                writer.keys.append(key)
    cover.open = len(cover.writers)


def _bare(text: str) -> str:
    return re.sub(r"\\(?:texttt|url|email|href)?\{?|[{}]", "", text)


def _paragraphs(cover: Cover) -> Iterator[str]:
    """The paragraphs of a title page."""
    yield from cover.codes
    if cover.title:
        yield "\\textbf{" + ". ".join(part.rstrip(".") if at < len(cover.title) - 1 else part for at, part in enumerate(cover.title)) + "}"
    yield from cover.lines
    numbers = {key: str(number) for number, key in enumerate(dict.fromkeys(key for key, _ in cover.places), 1)}
    notes = dict(cover.notes[::-1])
    told: set[str] = set()
    for writer in cover.writers:
        marks = [numbers[key] for key in dict.fromkeys(writer.keys) if key in numbers] + ["*"] * writer.marked
        for key in writer.notes:
            if key.strip() in notes and has_word(notes[key.strip()], "degrees"):
                writer.said.insert(0, notes[key.strip()])
                told.add(notes[key.strip()])
        raised = f"\\textsuperscript{{{','.join(marks)}}}" if marks else ""
        yield ", ".join(filter(None, (f"{writer.name}{raised}", *map(_said, writer.said))))
    for key, place in cover.places:
        yield f"\\textsuperscript{{{numbers[key]}}}{place}" if cover.writers else place
    for _, note in cover.notes:
        note = note.strip()
        if not note or note in told:
            continue
        if MONEY.search(note):
            yield f"{_label(note, 'funding')}: {note}"
        elif AUTHOR_CALLED.search(note) and len(marked := [writer for writer in cover.writers if writer.marked]) == 1:
            yield f"\\textsuperscript{{*}}{note.rstrip('.: ')}: {marked[0].name}"
        else:
            yield note


def _said(text: str) -> str:
    emails = find_emails(_bare(text))
    return f"e-mail: {text}" if emails and not re.search("mail", text, re.I) else text

