"""JSON Schema of the files editors write, so that their editor completes and checks keys (JSON Schema 2020-12)."""

from __future__ import annotations

import ast
import inspect
import json
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from basylym import deposits, fields, history, limits, rules
from basylym.parts import Part
from basylym.parts.strict import strict_model

FILES = {"article": fields.FrontMatter, "journal": fields.Journal, "issue": fields.Issue, "preset": fields.Preset}
"""The files by the word the command line calls them by."""

MODULES = (rules, limits, fields, history, deposits)
"""Where the classes that editors fill in are defined."""

HEADS = {"FrontMatter": "article.md", "Journal": "journal.yaml", "Issue": "issue.yaml", "Preset": "presets/<name>.yaml"}
"""The files by the class that holds their keys."""

SAME = "As in journal.yaml"
"""How the sentence of a field begins that means the same as the field of that name in journal.yaml."""


class Schema(GenerateJsonSchema):
    """With what may be typed in short: one word for a list of words, `Family, Given` for a name."""

    def function_before_schema(self, schema: Any) -> JsonSchemaValue:
        """What is put right before it is validated may also be a text."""
        found = super().function_before_schema(schema)
        return found if found.get("type") == "string" else {"anyOf": [{"type": "string"}, found]}


def write_schema(file: str) -> str:
    """The schema of `article` (the front matter), `journal`, `issue` or `preset`, as text; each field described by its sentence."""
    schema = strict_model(FILES[file]).model_json_schema(schema_generator=Schema)
    sentences = field_sentences()
    for part in (schema, *schema.get("$defs", {}).values()):
        for name, field in part.get("properties", {}).items():
            field.pop("title", None)
            sentence = sentences.get(part.get("title", ""), {}).get(name, "")
            if sentence.startswith(SAME):
                sentence = sentences["Journal"][name]
            if sentence:
                _describe(field, sentence)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _describe(field: dict, sentence: str) -> None:
    """Gives a field its sentence, and also the words or translations it is made of; parts that are described by themselves keep theirs."""
    field["description"] = sentence
    inside = [*field.get("anyOf", ()), field.get("items"), *field.get("patternProperties", {}).values(), field.get("additionalProperties")]
    for each in inside:
        if isinstance(each, dict) and "$ref" not in each and each.get("type") != "null":
            _describe(each, sentence)


def field_sentences() -> dict[str, dict[str, str]]:
    """Class -> field -> the sentence under it where it is defined."""
    found: dict[str, dict[str, str]] = {}
    for node in (node for module in MODULES for node in ast.parse(inspect.getsource(module)).body):
        if isinstance(node, ast.ClassDef):
            found[node.name] = {
                field.target.id: " ".join(text.value.value.split())
                for field, text in zip(node.body, node.body[1:], strict=False)
                if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
                and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant) and isinstance(text.value.value, str)}
    return found


def models() -> list[type[BaseModel]]:
    """Every class an editor fills in."""
    known = {name: each for module in MODULES for name, each in vars(module).items()}
    return [strict_model(each) for each in known.values() if isinstance(each, type) and issubclass(each, Part)]


def write_fields() -> str:
    """docs/front-matter.md: every key of the four files with its sentence and the words it may hold."""
    sentences = field_sentences()
    lines = ["# Every key of article.md, journal.yaml, issue.yaml and presets/", "",
             "This page is written by `basylym schema fields`. The same as JSON Schema, for editors that complete and check keys:",
             "[article](schema/article.json), [journal](schema/journal.json), [issue](schema/issue.json), [preset](schema/preset.json).",
             "",
             "A text in several languages is a group of keys, one a language: `title: {kk: …, ru: …, en: …}`. In article.md one text",
             "alone is taken to be in the article's language.", ""]
    for each in sorted(models(), key=lambda each: list(HEADS).index(each.__name__) if each.__name__ in HEADS else len(HEADS)):
        if not each.model_fields:
            continue
        lines += [_head(each), "", _plain(" ".join((each.__doc__ or "").split()) + _uses(each)), "", "| key | what it is |", "|---|---|"]
        for name, field in each.model_fields.items():
            words = ", ".join(f"`{word}`" for word in _words(field.annotation))
            several = any(get_origin(part) is list for part in _inside(field.annotation))
            sentence = sentences[each.__name__].get(name, "") + (f" {'Any' if several else 'One'} of {words}." if words else "")
            lines.append(f"| `{name}` | {_plain(sentence)} |")
        lines.append("")
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Words of fields.py as Markdown takes them literally, inside a table too."""
    return text.replace("|", r"\|").replace("<", r"\<")


def _head(model: type[BaseModel]) -> str:
    return f"## {_plain(HEADS.get(model.__name__, model.__name__))}"


def _uses(model: type[BaseModel]) -> str:
    """Where a part stands: the keys that hold it, and whose they are."""
    holders = {HEADS.get(each.__name__, each.__name__): [f"`{name}`" for name, field in each.model_fields.items()
                                                         if model in _inside(field.annotation)] for each in models()}
    under = "; ".join(f"{', '.join(names)} of {holder}" for holder, names in holders.items() if names)
    return f" It stands under {under}." if under else ""


def _words(annotation: Any) -> list[str]:
    """The words that a field may hold, where they are listed."""
    return [word for each in _inside(annotation) if get_origin(each) is Literal for word in get_args(each)]


def _inside(annotation: Any) -> list:
    """A type and those it is made of."""
    parts = () if get_origin(annotation) is Literal else get_args(annotation)
    return [annotation, *(found for part in parts for found in _inside(part))]
