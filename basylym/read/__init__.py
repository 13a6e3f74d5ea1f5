"""1. Files to model: a journal, an issue, a manuscript with its references."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from types import MappingProxyType

from basylym.fields import Preset
from basylym.history import NOTICES
from basylym.languages.identify import guess_language
from basylym.messages import Phrase
from basylym.model import Article, Edition, FrontMatter, Issue, Journal, Place, Places, Problem
from basylym.read.foreign_text import part_notes, split_title_block, take_blocks, translate_text
from basylym.read.front_matter import is_unclosed, read_front_matter, split_front_matter, validate
from basylym.read.text import read_text
from basylym.read.yaml import YAML, read_yaml

MANUSCRIPT = "article.md"
NOTHING: Mapping[str, bytes] = MappingProxyType({})
UNREADABLE = {"broken_yaml", "not_utf8", "file_unreadable", "file_too_large"}
"""What leaves nothing to publish."""


def read_journal(path: Path, root: Path, presets: Mapping[str, Path]) -> tuple[Journal, Places, list[Problem]]:
    """journal.yaml over the preset it names, without what could not be read; `presets` are the files of the presets by name."""
    data, places, problems = _read_data(path, path.relative_to(root).as_posix())
    if isinstance(name := data.get("preset"), str) and name not in presets:
        problems.append(Problem("unknown_choice", places.find("preset"), name, ", ".join(sorted(presets))))
    elif isinstance(name, str):
        preset, mistakes = read_preset(presets[name])
        problems += mistakes
        given = preset.model_dump(exclude_unset=True, exclude_none=True, exclude={"title", "source", "read", "says"})
        rules = data.get("rules")
        data = {**given, **data, "rules": {**given.get("rules", {}), **rules} if isinstance(rules, dict) else given.get("rules", {})}
    value, wrong = validate(Journal, data, places)
    return value, places, problems + wrong


def read_preset(path: Path) -> tuple[Preset, list[Problem]]:
    """A file of presets/, without what could not be read."""
    data, places, problems = _read_data(path, f"presets/{path.name}")
    preset, wrong = validate(Preset, data, places)
    return preset, problems + wrong


def read_issue(path: Path, root: Path) -> tuple[Issue, Places, list[Problem]]:
    """issue.yaml, without what could not be read."""
    data, places, problems = _read_data(path, path.relative_to(root).as_posix())
    value, wrong = validate(Issue, data, places)
    return value, places, problems + wrong


def _read_data(path: Path, shown: str) -> tuple[dict, Places, list[Problem]]:
    text, problems = read_text(path, shown)
    data, places, mistakes = read_yaml(text or "", shown)
    if data is not None and not isinstance(data, dict):
        mistakes.append(Problem("broken_yaml", Place(shown), expected=Phrase("key: value")))
    return data if isinstance(data, dict) else {}, places, problems + mistakes


def read_article(paths: tuple[Path, ...], root: Path, journal: Journal, find_style: Callable[[str], Path | None],
                 languages: Path | None = None, replaced: Mapping[str, bytes] = NOTHING,
                 meanwhile: Callable[[Article, Callable[[], bool]], None] | None = None) -> Article:
    """One manuscript with its references, read by pandoc once.

    `paths` are its Markdown files in order, the first with the front matter, which may also be a YAML file of its own; `root`
    is the journal's folder, `find_style` gives the file of a reference style by its name, `languages` is the journal's own
    folder of languages, `replaced` is what counts in place of what files hold, by their paths, `meanwhile` is done while pandoc
    works, with what is known of the article by then, and may ask whether pandoc has answered. A file that is no text, or whose
    front matter is no YAML, comes back unreadable, with its problems and without a body. Raises EngineError where pandoc gave up.
    """
    from basylym.read.bibliography import find_bibliographies, read_bibliographies
    from basylym.read.extent import too_deep, too_large, too_many_people
    from basylym.read.manuscript import TooHard, run_pandoc

    path = next((each for each in paths if not _is_yaml(each)), paths[0])
    folder, shown = path.parent, path.relative_to(root).as_posix()
    slug = folder.name if path.name == MANUSCRIPT else path.stem
    source, parts, blocks, problems, files = _read_parts(paths, root, replaced, journal.limits.file_bytes)
    whole, first_line = not any(problem.kind in UNREADABLE for problem in problems), parts[0][2] if parts else 1
    (block, shown, block_line), *further = blocks or [("", shown, 2)]
    if whole and not (block.strip() or source.strip()):
        problems.append(Problem("file_empty", Place(shown)))
        whole = False
    front, places, mistakes = read_front_matter(
        block, shown, journal.languages[0] if journal.languages else guess_language(source), block_line,
        journal.limits)
    problems += mistakes
    if large := too_deep(source, Place(shown, first_line), journal.limits):
        problems.append(large)
        whole = False
    if front and (large := too_many_people(front, places, journal.limits)):
        problems.append(large)
        whole = False
    problems += [Problem("foreign_key", Place(name, line - 1), found="---") for head, name, line in further
                 if not head.lstrip().startswith("references:")]
    if not whole or front is None:
        return Article(slug, folder, shown, front or FrontMatter(), places, "", 1, (), problems=tuple(problems), readable=False)

    found = read_bibliographies(list(front.bibliography) or find_bibliographies(folder), folder, root, places.find("bibliography"),
                                lying=not front.bibliography, inside=[(block, shown, block_line), *further], replaced=replaced,
                                most=journal.limits.file_bytes)
    files |= found.files
    csl = find_style(re.sub(r"^.*/|\.csl$", "", front.csl)) if front.csl else None
    if front.csl and not csl:  # a manuscript's own style is never used; a name alone may be a slip
        theirs = front.csl.endswith(".csl") or "/" in front.csl
        problems.append(Problem("foreign_key" if theirs else "file_not_found", places.find("csl"), found="csl" if theirs else front.csl))
    csl = csl or find_style(journal.csl) or find_style(Journal().csl)
    article = Article(slug, folder, shown, front, places, source, first_line, tuple(parts), tuple(map(dict, found.references)),
                      found.places, reference_fields=found.fields, reference_parents=found.parents, files=files)
    answered = Event()
    aside = Thread(target=meanwhile, args=(article, answered.is_set)) if meanwhile else None
    try:
        body, references = run_pandoc(source, front, found, csl, journal, languages, aside, answered)
    except TooHard as limit:
        problems += [*found.problems, Problem("text_too_hard", Place(shown, first_line), found=limit.args[1], expected=limit.args[0])]
        return Article(slug, folder, shown, front, places, source, first_line, tuple(parts), problems=tuple(problems),
                       readable=False)
    finally:
        if aside and aside.ident:  # it was begun
            aside.join()
    problems += found.problems
    if large := too_large(body, Place(shown, first_line), journal.limits):
        problems.append(large)
        return Article(slug, folder, shown, front, places, source, first_line, tuple(parts), problems=tuple(problems), readable=False)
    return replace(article, references=tuple(references), body=body, problems=tuple(problems))


def _read_parts(paths: tuple[Path, ...], root: Path, replaced: Mapping[str, bytes], most: int,
                ) -> tuple[str, list, list, list[Problem], dict[str, str]]:
    """The text of a manuscript's files, the line of it each begins on with its path and first line, their blocks of front
    matter (text, path, first line), what was wrong, and each file's text as it stands there."""
    texts, parts, blocks, problems, files = [], [], [], [], {}
    for path in paths:
        name = path.relative_to(root).as_posix()
        text, troubles = read_text(path, name, replaced.get(name), most)
        files[name] = text or ""
        problems += troubles
        if _is_yaml(path):
            blocks.append((text or "", name, 1))
            continue
        block, text, line = split_front_matter(text or "")
        first = 2
        if not block and is_unclosed(text):
            problems.append(Problem("broken_yaml", Place(name), found=Phrase("the line --- that ends it is missing")))
        elif not block and line == 1:
            block, text, line = split_title_block(text)
            first = 1
        text, more = take_blocks(text, line)
        text, troubles = translate_text(text, name, line)
        problems += troubles
        blocks += [(head, name, number) for head, number in [(block, first), *more] if head]
        parts.append((sum(other.count("\n") + 2 for other in texts), name, line))
        texts.append(part_notes(text.rstrip("\n"), "\n".join(texts), len(texts) + 1))
    return "\n\n".join(texts) + "\n", parts, blocks, problems, files


def _is_yaml(path: Path) -> bool:
    return path.suffix.lower() in YAML


def read_edition(article: Article, journal: tuple, issue: tuple | None, issue_slug: str | None,
                 languages: Path | None = None) -> Edition:
    """An article in its journal and issue; `journal` and `issue` as read_journal and read_issue return them."""
    problems = [*journal[2], *(issue[2] if issue else ()), *article.problems]
    rules = journal[0].for_notices() if article.front.type in NOTICES else journal[0]
    return Edition(article, rules, issue[0] if issue else None, issue_slug, tuple(problems), journal[1],
                   issue[1] if issue else Places(""), languages)
