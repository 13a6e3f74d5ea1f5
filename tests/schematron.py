"""Schematron (ISO/IEC 19757-3) as far as JATS4R uses it; its rules are in XPath 2, which only a processor of XSLT 2 knows."""

from __future__ import annotations

import copy
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

from lxml import etree

RULES = "{http://purl.oclc.org/dsdl/schematron}"
SHEET = "http://www.w3.org/1999/XSL/Transform"
XSL = f"{{{SHEET}}}"
PARSER = etree.XMLParser(no_network=True, remove_comments=True)
HERE = "string-join(for $each in ancestor-or-self::* return name($each), '/')"


def judge(rules: Path, document: etree._Element) -> list[str]:
    """The errors that a Schematron schema finds in a document, a line each; what it only warns of is left out."""
    from saxonche import PySaxonProcessor

    with PySaxonProcessor(license=False) as processor, tempfile.TemporaryDirectory() as folder:
        shutil.copytree(rules.parent, folder, dirs_exist_ok=True)  # the rules look things up in files beside them
        sheet = Path(folder) / "compiled.xsl"
        sheet.write_text(_compile(rules), "utf-8")
        program = processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(sheet))
        told = program.transform_to_string(xdm_node=processor.parse_xml(xml_text=etree.tostring(document, encoding="unicode")))
    return [f"{each.get('at')}: {' '.join(''.join(each.itertext()).split())}" for each in etree.fromstring(told.encode()).iter("told")
            if each.get("role") in ("error", "")]


def _load(path: Path) -> etree._Element:
    root = etree.parse(path, PARSER).getroot()
    for part in list(root.iter(f"{RULES}include")):
        part.getparent().replace(part, _load(path.parent / part.get("href")))
    return root


@lru_cache(maxsize=1)
def _compile(path: Path) -> str:
    """A style sheet that says what the rules find: one mode a pattern, in which the first rule that fits a node speaks."""
    rules = _load(path)
    spaces = {each.get("prefix"): each.get("uri") for each in rules.iter(f"{RULES}ns")}
    sheet = etree.Element(f"{XSL}stylesheet", version="2.0", nsmap={"xsl": SHEET, "xs": "http://www.w3.org/2001/XMLSchema", "xsd": "http://www.w3.org/2001/XMLSchema",
                                                                       **spaces})
    _set_variables(rules, sheet)
    for each in rules.iter(f"{XSL}function", f"{XSL}key"):
        sheet.append(copy.deepcopy(each))
    start = etree.SubElement(etree.SubElement(sheet, f"{XSL}template", match="/"), "results")
    for number, pattern in enumerate(each for each in rules.iter(f"{RULES}pattern") if each.get("abstract") != "true"):
        mode = f"pattern-{number}"
        etree.SubElement(start, f"{XSL}apply-templates", select="/", mode=mode)
        _set_variables(pattern, sheet)
        deeper = etree.SubElement(sheet, f"{XSL}template", match="@*|node()|/", mode=mode, priority="-10")
        etree.SubElement(deeper, f"{XSL}apply-templates", select="@*|node()", mode=mode)
        for place, rule in enumerate(pattern.iterfind(f"{RULES}rule")):
            template = etree.SubElement(sheet, f"{XSL}template", match=rule.get("context"), mode=mode, priority=str(1000 - place))
            _set_variables(rule, template)
            for test in rule.iterfind("*"):
                if test.tag in (f"{RULES}assert", f"{RULES}report"):
                    _write_test(template, test, test.get("role") or rule.get("role") or pattern.get("role") or "")
            etree.SubElement(template, f"{XSL}apply-templates", select="@*|node()", mode=mode)
    return etree.tostring(sheet, encoding="unicode")


def _set_variables(source: etree._Element, target: etree._Element) -> None:
    for each in source.iterfind(f"{RULES}let"):
        variable = etree.SubElement(target, f"{XSL}variable", name=each.get("name"))
        if each.get("value"):
            variable.set("select", each.get("value"))
        variable.extend(copy.deepcopy(child) for child in each)


def _write_test(template: etree._Element, test: etree._Element, role: str) -> None:
    wrong = test.get("test") if test.tag == f"{RULES}report" else f"not({test.get('test')})"
    told = etree.SubElement(etree.SubElement(template, f"{XSL}if", test=wrong), "told", role=role)
    etree.SubElement(etree.SubElement(told, f"{XSL}attribute", name="at"), f"{XSL}value-of", select=HERE)
    etree.SubElement(told, f"{XSL}text").text = "".join(test.itertext())
