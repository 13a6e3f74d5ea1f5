"""From a YAML block to typed front matter, journal and issue, with every mistake at its line.

A field that can't be read is left out and reported; the rest is kept, so that one slip never hides another.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from basylym.limits import Limits
from basylym.messages import Phrase
from basylym.model import FrontMatter, Places, Problem
from basylym.parts import Part, Unsure, read_part
from basylym.read.extent import too_much_front
from basylym.read.foreign import LANGUAGE, note_places, translate
from basylym.read.yaml import read_yaml

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

AnyPart = TypeVar("AnyPart", bound=Part)
COMPARED = 200
"""With so many mistakes told, unknown keys are no longer compared with all known ones."""
FENCE = re.compile(r"(---|\.\.\.)[ \t]*$")
TRANSLATED = [name for name, field in FrontMatter.model_fields.items() if str(field.annotation).startswith("dict[")]


def split_front_matter(text: str) -> tuple[str, str, int]:
    """The YAML block, the text after it, and the number of the line that text begins on.

    The block stands between two lines of `---` (the second may be `...`) before anything else in the file. Empty lines
    before it stand at the block's head, so that it always begins on the file's second line.
    """
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[first].rstrip() != "---":
        return "", text, 1
    for number, line in enumerate(lines[first + 1:], first + 1):
        if FENCE.match(line):
            return "\n" * first + "\n".join(lines[first + 1:number]), "\n".join(lines[number + 1:]), number + 2
    return "", text, 1


def is_unclosed(text: str) -> bool:
    """Whether a text begins with a YAML block that never ends: a line of `---`, then keys."""
    return re.match(r"\s*---[ \t]*\n\s*[\w-]+:(\s|$)", text) is not None and not split_front_matter(text)[0]


def read_front_matter(block: str, path: str, default_language: str, first_line: int = 2, limits: Limits = Limits(),  # noqa: B008
                      ) -> tuple[FrontMatter | None, Places, list[Problem]]:
    """Front matter from its block, which begins on `first_line` of the file; None where the block is no YAML mapping, or is larger
    than the limits allow."""
    data, places, problems = read_yaml(block, path, first_line)
    if data is None and not problems:
        data = {}
    if not isinstance(data, dict):
        return None, places, problems or [Problem("broken_yaml", places.find(), expected=Phrase("key: value"))]
    if large := too_much_front(data, places, limits):
        return None, places, [*problems, large]
    data, left_out = translate(_without_nothing(data), places, default_language)
    problems += left_out
    data.setdefault("language", default_language)
    language = data["language"] if re.fullmatch(LANGUAGE, str(data["language"])) else default_language
    for name in TRANSLATED:  # one text alone is in the article's language
        if isinstance(data.get(name), (str, list)):
            data[name] = {language: data[name]}
            note_places(places, (name,), (name, language))
    front, mistakes = validate(FrontMatter, data, places)
    if front.language != language:  # what stood there is no language
        front = front.model_copy(update={"language": language})
    return front, places, problems + mistakes


def validate(part: type[AnyPart], data: dict, places: Places) -> tuple[AnyPart, list[Problem]]:
    """The part made of the data without what is wrong in it, and a problem for each thing that is."""
    data = _without_nothing(data)
    with suppress(Unsure):
        return read_part(part, data), []
    from pydantic import ValidationError

    from basylym.parts.strict import from_strict, strict_model

    model = strict_model(part)
    problems: list[Problem] = []
    wrong: set[tuple] = set()
    while True:
        try:
            return from_strict(model.model_validate(data)), problems
        except ValidationError as error:
            for keys, mistake in _outermost(error).items():
                if keys not in wrong:  # what was wrong and is taken out is not missing too
                    problems.append(_problem(model, mistake, keys, places, len(problems) < COMPARED))
                wrong.add(keys)
                _remove(data, keys[:-1] if mistake["type"] == "missing" else keys)


def list_problems(part: type[Part], data: dict, places: Places) -> list[Problem]:
    """A problem for each thing in the data that keeps the part from being made of them."""
    data = _without_nothing(data)
    with suppress(Unsure):
        read_part(part, data)
        return []
    from pydantic import ValidationError

    from basylym.parts.strict import strict_model

    model = strict_model(part)
    try:
        model.model_validate(data)
    except ValidationError as error:
        return [_problem(model, mistake, keys, places) for keys, mistake in _outermost(error).items()]
    return []


def _without_nothing(data: Any) -> Any:
    """The data without keys that nothing stands under: they are missing, not wrong."""
    if isinstance(data, dict):
        return {key: _without_nothing(value) for key, value in data.items() if value is not None}
    return [_without_nothing(value) for value in data] if isinstance(data, list) else data


def _outermost(error: ValidationError) -> dict[tuple, dict]:
    """One mistake a field, under the field's keys: of several about the same one the first tells enough."""
    seen: dict[tuple, dict] = {}
    for mistake in error.errors(include_url=False):
        seen.setdefault(tuple(key for key in mistake["loc"] if key != "[key]"), mistake)
    return seen


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that was meant by one that is none; empty where none is like it."""
    import difflib

    near = difflib.get_close_matches(name, list(known), 1, 0.6)
    return near[0] if near else ""


def _problem(model: type[BaseModel], mistake: dict, keys: tuple, places: Places, compared: bool = True) -> Problem:
    place = places.find(*keys)
    kind, value, context = mistake["type"], mistake["input"], mistake.get("ctx", {})
    found = value if isinstance(value, str) else {dict: Phrase("a group of keys"), list: Phrase("a list")}.get(type(value), str(value))
    if kind == "extra_forbidden":
        known = _known_keys(model, keys[:-1]) if compared else ()
        return Problem("unknown_key", place, found=str(keys[-1]), expected=nearest(str(keys[-1]), known))
    if kind == "missing":
        return Problem("missing_key", place, found=".".join(str(key) for key in keys[:-1]), expected=str(keys[-1]))
    if mistake["loc"] and mistake["loc"][-1] == "[key]":
        if keys[:-1] == ("checks",):
            return Problem("unknown_check", place, found=str(keys[-1]))
        return Problem("not_a_language", place, found=str(keys[-1]), expected="kk, ru, en")
    if kind == "literal_error":
        return Problem("wrong_value", place, found=found, expected=context["expected"].replace("'", "").replace(" or ", ", "))
    expected = (Phrase("a date: 2026-03-30") if kind.startswith("date") else Phrase("a whole number") if kind.startswith("int")
                else _pattern_example(context["pattern"]) if kind == "string_pattern_mismatch"
                else Phrase("true or false") if kind.startswith("bool") else Phrase("some words") if kind == "string_too_short"
                else Phrase("text") if kind.startswith("string") else Phrase("a list") if kind.startswith("list")
                else Phrase("a group of keys") if kind.startswith(("dict", "model")) else
                Phrase("{least} or more", least=context["ge"]) if kind == "greater_than_equal" else
                Phrase("{most} at most", most=context["le"]) if kind == "less_than_equal" else
                Phrase("least no larger than most") if kind == "value_error" else mistake["msg"])
    return Problem("wrong_value", place, found=found if value else Phrase("nothing"), expected=expected)


def _pattern_example(pattern: str) -> str:
    """What fits a pattern of fields.py."""
    return "FM-037" if pattern.startswith("^[A-Z]") else "kk, ru, en"


def _known_keys(model: type[BaseModel], keys: tuple) -> list[str]:
    """The keys allowed in the part of a model that `keys` lead to."""
    from pydantic import BaseModel

    part: Any = model
    for key in keys:
        if isinstance(part, type) and issubclass(part, BaseModel):
            part = part.model_fields[key].annotation if key in part.model_fields else None
        else:  # inside a list or a mapping: what it is made of
            part = next((inner for inner in typing.get_args(part) if _model_in(inner)), None)
        part = _unwrap(part)
    return list(part.model_fields) if isinstance(part, type) and issubclass(part, BaseModel) else []


def _unwrap(annotation: Any) -> Any:
    while typing.get_origin(annotation) in (typing.Annotated, typing.Union, types.UnionType):
        annotation = next((inner for inner in typing.get_args(annotation) if inner is not type(None)), None)
    return annotation


def _model_in(annotation: Any) -> bool:
    from pydantic import BaseModel

    annotation = _unwrap(annotation)
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _remove(data: Any, keys: tuple) -> None:
    """Takes one field out; in a list its place stays, so that the lines of the others stay right."""
    for key in keys[:-1]:
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(data, dict):
        data.pop(keys[-1], None)
    elif isinstance(data, list) and isinstance(keys[-1], int) and keys[-1] < len(data):
        del data[keys[-1]]
