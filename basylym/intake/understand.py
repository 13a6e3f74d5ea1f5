"""A received file understood: its front matter, its references, then all the rest as the text, with its citations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from basylym.intake.body import understand_body
from basylym.intake.citations import cite
from basylym.intake.document import Document, LeftOut
from basylym.intake.front_matter import understand_front
from basylym.intake.references import understand_references
from basylym.intake.tidying import finish
from basylym.intake.understood import Decision, Understood
from basylym.languages.identify import guess_language


def understand(document: Document) -> Understood:
    """What a document is. Nothing of it is lost: what neither front matter nor references took is text."""
    front = document.front or understand_front(document)
    references = document.references or understand_references(document, front.used)
    taken = front.used | references.used
    language = str(front.data.get("language") or guess_language(" ".join(
        block.text for block in document.blocks if block.number not in taken)[:20_000]))
    if "language" not in front.data:
        front = replace(front, data={"language": language, **front.data})
    doubted = frozenset(number for each in front.decisions if each.sure == "unknown" for number in each.blocks)
    body = understand_body(document, taken, references.used, language, doubted)
    fields = [each for block in document.blocks if block.number not in taken for each in block.citing]
    cited = cite(body.nodes, references.numbers, references.entries, fields, language, body.origins)
    references = replace(references, entries=tuple(cited.entries))
    told = [each for each in body.decisions if each.sure != "unknown" or not doubted.issuperset(each.blocks)]  # doubted once, not twice
    decisions = sorted((*front.decisions, *references.decisions, *told, *cited.decisions), key=_place)
    return Understood(document, front, references, tuple(finish(cited.nodes)), tuple(decisions),
                      (*document.left_out, *_set_aside((*front.decisions, *references.decisions), taken), *body.left_out))


def _set_aside(decisions: Sequence[Decision], taken: frozenset[int]) -> list[LeftOut]:
    """What was taken whole and goes into no part: a label, how to cite the article; or was not understood there."""
    reasons = {"left_out": "needless", "references": "needless", "unknown": "not_understood", "no_place": "no_place"}
    return [LeftOut(each.taken or each.value, reasons[each.part], str(min(each.blocks))) for each in decisions
            if each.part in reasons and each.blocks and taken.issuperset(each.blocks)]


def _place(decision: Decision) -> int:
    return min(decision.blocks, default=0)
