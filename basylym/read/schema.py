"""JSON Schema of the files editors write, so that their editor completes and checks keys (JSON Schema 2020-12)."""

from __future__ import annotations

import ast
import inspect
import json

from pydantic import BaseModel

from basylym import fields

FILES = {"article": fields.FrontMatter, "journal": fields.Journal, "issue": fields.Issue}


def write_schema(file: str) -> str:
    """The schema of `article` (the front matter), `journal` or `issue`, as text; each field described by its sentence."""
    schema = FILES[file].model_json_schema()
    sentences = field_sentences()
    for part in (schema, *schema.get("$defs", {}).values()):
        for name, field in part.get("properties", {}).items():
            field.pop("title", None)
            if sentence := sentences.get(part.get("title", ""), {}).get(name):
                field["description"] = sentence
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def field_sentences() -> dict[str, dict[str, str]]:
    """Class -> field -> the sentence under it in fields.py."""
    found: dict[str, dict[str, str]] = {}
    for node in ast.parse(inspect.getsource(fields)).body:
        if isinstance(node, ast.ClassDef):
            found[node.name] = {
                field.target.id: " ".join(text.value.value.split())
                for field, text in zip(node.body, node.body[1:], strict=False)
                if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
                and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant) and isinstance(text.value.value, str)}
    return found


def models() -> list[type[BaseModel]]:
    """Every class an editor fills in."""
    return [each for each in vars(fields).values() if isinstance(each, type) and issubclass(each, fields.Part)]


def write_fields() -> str:
    """docs/front-matter.md: every key of the three files with its sentence."""
    sentences = field_sentences()
    lines = ["# Every key of article.md, journal.yaml and issue.yaml", "",
             "This page is written by `basylym schema fields`. The same as JSON Schema, for editors that complete and check keys:",
             "[article](schema/article.json), [journal](schema/journal.json), [issue](schema/issue.json).", "",
             "A text in several languages is a group of keys, one a language: `title: {kk: …, ru: …, en: …}`. In article.md one text",
             "alone is taken to be in the article's language.", ""]
    heads = {"FrontMatter": "article.md", "Journal": "journal.yaml", "Issue": "issue.yaml"}
    for each in sorted(models(), key=lambda each: list(heads).index(each.__name__) if each.__name__ in heads else len(heads)):
        if not each.model_fields:
            continue
        title = heads.get(each.__name__)
        lines += [f"## {title or each.__name__}", "", " ".join((each.__doc__ or "").split()), "", "| key | what it is |", "|---|---|"]
        lines += [f"| `{name}` | {sentences[each.__name__].get(name, '').replace('|', chr(92) + '|')} |" for name in each.model_fields]
        lines.append("")
    return "\n".join(lines)
