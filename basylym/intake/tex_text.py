"""The text of LaTeX made ready for pandoc: commands that it does not know keep their words, formulas and theorems get their numbers."""

from __future__ import annotations

import re

from basylym.intake.document import LeftOut
from basylym.intake.nodes import CITE, CITED
from basylym.intake.tex_groups import BEGIN, COMMAND, Command, Source, Stretch, compose, environments, formulas, put_in
from basylym.typography.letters import CYRILLIC

KNOWN = frozenset((
    "textbf textit emph texttt textsc textrm textsf textsl textup textmd textnormal textsuperscript textsubscript underline uline "
    "sout st ul hl footnote thanks section subsection subsubsection chapter part paragraph subparagraph centerline mbox hbox url "
    "nolinkurl enquote blockquote textlatin textgreek gls Gls glspl acrshort acrlong acrfull ac acs acl SI si num unit qty ang cref "
    "Cref autoref eqref ref vref lettrine texorpdfstring ensuremath MakeUppercase MakeLowercase uppercase lowercase alert textcolor "
    "colorbox href foreignlanguage caption parbox cite citep citet Citet Citep citealp citealt citeauthor citeyear citeyearpar "
    "parencite textcite autocite footcite supercite fullcite nocite cites hyperref begin end item multicolumn multirow frac title "
    "author date newcommand renewcommand def let providecommand newenvironment renewenvironment bibitem verb lstinline mintinline "
    "includegraphics hypertarget path footnotetext").split())
"""Commands that pandoc reads, or that are read elsewhere."""
LAYOUT = frozenset((
    "label index nocite vspace hspace vskip hskip phantom hphantom vphantom cline cmidrule rule fontsize setcounter addtocounter "
    "setlength addtolength pagestyle thispagestyle markboth markright linebreak pagebreak nopagebreak nolinebreak bibliographystyle "
    "bibliography addbibresource printbibliography definecolor hypersetup newtheorem theoremstyle numberwithin includeonly "
    "addcontentsline selectlanguage newcounter stepcounter refstepcounter newlength settowidth usepackage documentclass "
    "RequirePackage input include subfile import subimport linespread enlargethispage graphicspath captionsetup columnbreak pageref "
    "nameref markleft tabcolsep arraystretch hline toprule midrule bottomrule lstinputlisting verbatiminput externaldocument "
    "loadglsentries newglossaryentry newacronym DeclareMathOperator allowdisplaybreaks setstretch color pagecolor pagenumbering "
    "geometry lstset sisetup tikzset usetikzlibrary special write typeout specialcomment glsresetall balance crefname Crefname "
    "titleformat titlespacing resetcounters firstpage volumeno issue footnotemark tnote addtocontents vadjust penalty looseness "
    "clubpenalty widowpenalty noalign extrarowheight rowcolor cellcolor columncolor ding symbol fontfamily fontseries fontshape "
    "selectfont noindent hyphenation DeclareUnicodeCharacter").split())
"""Commands whose groups are no words of the text."""
LAST = frozenset(("makebox", "framebox", "resizebox", "scalebox", "raisebox", "rotatebox", "adjustbox", "adjincludegraphics", "captionof",
                  "fcolorbox", "subfloat", "foreigntextquote", "foreignquote", "textcyrillic", "colorbox"))
"""Those of which only the last group is text."""
JOINED = frozenset(("IEEEPARstart", "dropcap", "initial", "PARstart", "lettrine"))
"""Those whose groups are one word."""
BESIDE = frozenset(("marginpar", "marginnote", "sidenote", "tablefootnote", "endnote", "sidenotetext"))
"""Notes of other kinds."""
ASIDE = frozenset(("todo", "missingfigure", "fixme", "comment", "todoin"))
"""What authors tell each other."""
LENGTH = re.compile(r"\s*(?:[-+]?\d*[.,]?\d*\s*(?:cm|mm|pt|em|ex|in|pc|px|\\\w+)|[lrcpRLiIoO]|[\d.*!]+|[!htbpH]+|\w+\s*=[^{}]*|\s*)\s*")
SIZE = re.compile(r"\s*(?:[-+]?\d*[.,]?\d+\s*(?:cm|mm|pt|em|ex|in|pc|px|\\\w+)|\w+\s*=[^{}]*)?\s*")
FLOATS = {"wrapfigure": "figure", "SCfigure": "figure", "sidewaysfigure": "figure", "floatingfigure": "figure", "sidewaystable": "table",
          "wraptable": "table", "SCtable": "table", "subfigure": "subfigure"}
FLOAT = re.compile(r"\\(begin|end)\{(" + "|".join(FLOATS) + r")\*?\}((?:\[[^\]\n]{0,40}\]|\{[^{}\n]{0,60}\}){0,5})")
STEPS = re.compile(r"\\(begin|end)\{(algorithm|algorithm2e|algorithmic|algorithmicx)\*?\}(?:\[[^\]\n]{0,40}\])?|"
                   r"\\(State|Statex|Require|Ensure|If|ElsIf|Else|EndIf|For|ForAll|EndFor|While|EndWhile|Return|Comment|Input|Output|Function|"
                   r"EndFunction|Procedure|EndProcedure|Repeat|Until|Loop|EndLoop|KwIn|KwOut|KwData|KwResult)(?![A-Za-z])")
INSIDE = ("algorithm", "algorithm2e", "algorithmic", "algorithmicx")
DRAWN = ("tikzpicture", "pspicture", "picture", "axis", "circuitikz", "forest", "asy")
DRAWN_WORDS = re.compile(r"(?:node|label|put|legend|addlegendentry)[^{};]{0,120}\{([^{}]{1,200})\}")
RULE = re.compile(r"\\c(?:line|midrule)\s?(?:\[[^\]\n]{0,20}\])?(?:\([lr]{1,2}\))?\s?\{[\d,\s-]{1,20}\}")
NUMBER = re.compile(r"\\(?:le|r)?eqno\s?\{?\s?(\([^(){}$]{1,15}\))\s?\}?\s?\$\$")
LABEL = re.compile(r"\\label\{([^{}]{1,100})\}")
TAG = re.compile(r"\\tag\*?\{([^{}]{1,30})\}")
ROW = re.compile(r"\\\\(?:\[[^\]]{0,20}\])?")
THEOREMS = {"theorem": "Theorem", "lemma": "Lemma", "corollary": "Corollary", "proposition": "Proposition", "definition": "Definition",
            "remark": "Remark", "example": "Example", "conjecture": "Conjecture", "claim": "Claim", "exercise": "Exercise",
            "problem": "Problem", "note": "Note", "question": "Question", "property": "Property", "case": "Case", "thm": "Theorem",
            "lem": "Lemma", "cor": "Corollary", "prop": "Proposition", "defn": "Definition", "rem": "Remark"}
"""Environments that classes define, as they print them."""
CYRILLIC_THEOREMS = {"theorem": "Теорема", "thm": "Теорема", "lemma": "Лемма", "lem": "Лемма"}
"""The same in Russian and Kazakh, where it is one word."""
OWN = re.compile(r"\\(?:(?:re|provide)?newcommand\*?\s?\{?|def\s?|DeclareRobustCommand\*?\s?\{?|(?:New|Provide|Renew)DocumentCommand\s?\{?)"
                 r"\\([A-Za-z@]{1,60})")
QUOTES = re.compile(r"<<(?=\S)|(?<=\S)>>")


def make_readable(text: str) -> tuple[str, list[LeftOut]]:
    """A text that pandoc reads whole, and what goes out of it."""
    left: list[LeftOut] = []
    text = put_in(text, list(environments(text, DRAWN)), lambda each: _drawn(text[each.inner[0]:each.inner[1]], left))
    text = put_in(text, list(environments(text, INSIDE)), lambda each: STEPS.sub(_step, re.sub(
        r"\\caption\s?(?=\{)", r"\n\n\\textbf{Algorithm.} ", text[each.start:each.end])))
    text = FLOAT.sub(lambda found: f"\\{found[1]}{{{FLOATS[found[2]]}}}", text)
    text = RULE.sub("", text)
    text = NUMBER.sub(r"$$ \1", text)
    text, numbers = _number_formulas(text)
    text = re.sub(r"\\eqref\s?\{([^{}]{1,100})\}", lambda found: f"({numbers[found[1]]})" if found[1] in numbers else found[0], text)
    text = re.sub(r"\\ref\s?\{([^{}]{1,100})\}", lambda found: numbers.get(found[1], found[0]), text)
    begin = text.find(BEGIN)
    before, body = (text[:begin], text[begin:]) if begin >= 0 else ("", text)
    words = THEOREMS | (CYRILLIC_THEOREMS if len(CYRILLIC.findall(body[:20_000])) * 4 > len(body[:20_000]) else {})
    missing = [name for name in THEOREMS if f"\\begin{{{name}}}" in body and not re.search(
        rf"\\(?:newtheorem\*?|spnewtheorem\*?|newenvironment)\{{{name}\}}", before)]
    before += "".join(f"\\newtheorem{{{name}}}{{{words[name]}}}" for name in missing)
    own = set(OWN.findall(text))
    return before + _unwrap(body, own, left), left


def _drawn(text: str, left: list[LeftOut]) -> str:
    words = compose(" ".join(DRAWN_WORDS.findall(text)))
    left.append(LeftOut(" ".join(re.sub(r"\\[A-Za-z]+|[{}\\$]", " ", words).split()) or text[:60], "drawing"))
    return ""


def _step(found: re.Match) -> str:
    name = found[3]
    if name is None:
        return "\n\n"
    if name.startswith("Kw") or name in ("Require", "Ensure", "Input", "Output"):
        return f"\n\n{name.removeprefix('Kw')}: "
    shown = "" if name in ("State", "Statex", "Comment") else f" {name.lower().replace('end', 'end ')} "
    return ("\n\n" if name != "Comment" else " ") + shown + " "


def _number_formulas(text: str) -> tuple[str, dict[str, str]]:
    """Numbers as LaTeX gives them, behind the formula where it has one, and by their labels."""
    numbers: dict[str, str] = {}
    last = 0

    def put(each: Stretch) -> str:
        nonlocal last
        whole, name, star = text[each.start:each.end], each.name, each.star
        if name in ("", "displaymath", "math") or star and not TAG.search(whole):
            return whole
        rows = [whole] if name in ("equation", "multline", "dmath") else ROW.split(whole)
        mine: list[str] = []
        for row in rows:
            if not re.sub(r"\\end\{\w+\*?\}|\s", "", row) or re.search(r"\\(?:nonumber|notag)(?![A-Za-z])", row):
                continue
            tag = TAG.search(row)
            if tag is None and not star:
                last += 1
            elif tag is None:
                continue
            mine.append(tag[1] if tag else str(last))
            numbers.update(dict.fromkeys(LABEL.findall(row), mine[-1]))
        bare = TAG.sub("", LABEL.sub("", whole))
        if len(mine) == 1 and (LABEL.search(whole) or TAG.search(whole)):
            return f"\n\n{bare} ({mine[0]})\n\n"
        return bare

    return put_in(text, list(formulas(text)), put), numbers


def _unwrap(text: str, own: set[str], left: list[LeftOut], depth: int = 0) -> str:
    """The text, in which commands that nobody knows are the words they are given."""
    source, made, last, skip = Source(text), [], 0, 0
    maths = [(each.start, each.end) for each in formulas(text)]
    at = 0
    for found in COMMAND.finditer(text):
        while at < len(maths) and maths[at][1] <= found.start():
            at += 1
        if found.start() < skip or at < len(maths) and maths[at][0] <= found.start():
            continue
        if len(found[1]) == 1 or found[1] in KNOWN or found[1] in LAYOUT or found[1] in own:  # of one letter are accents
            continue
        command = source.command(found)
        if not command.groups:
            continue
        put = _words_of(command, own, left, depth)
        made += (text[last:command.start], put)
        last = skip = command.end
    return "".join([*made, text[last:]])


def _words_of(command: Command, own: set[str], left: list[LeftOut], depth: int) -> str:
    alone = len(command.groups) == 1
    groups = [each for each in command.groups if command.name in JOINED or not (SIZE if alone else LENGTH).fullmatch(each)]
    if command.name in ASIDE:
        left.extend(LeftOut(compose(each), "not_understood") for each in groups)
        return ""
    if command.name in LAST:
        groups = groups[-1:]
    if depth < 4:  # deeper ones lose their command in pandoc, and are counted
        groups = [_unwrap(each, own, left, depth + 1) for each in groups]
    if command.name in BESIDE:
        return "".join(f"\\footnote{{{each}}}" for each in groups)
    if command.name == "subfloat":
        return " ".join(filter(None, (*groups, command.option)))
    return ("" if command.name in JOINED else " ").join(groups if command.name in JOINED else (f"{{{each}}}" for each in groups))


def set_quotes(text: str) -> str:
    """The quotation marks that LaTeX makes of << and >> in fonts of Cyrillic letters."""
    if not re.search("[А-яЁё]", text):
        return text
    made, last = [], 0
    for each in formulas(text):
        made += (_quoted(text[last:each.start]), text[each.start:each.end])
        last = each.end
    return "".join([*made, _quoted(text[last:])])


def _quoted(text: str) -> str:
    return QUOTES.sub(lambda each: "«" if each[0] == "<<" else "»", text)


# --- the count ---------------------------------------------------------------------------------------------------------------
WORDLESS = re.compile(r"\\(?:label|ref|eqref|pageref|autoref|cref|Cref|vref|nameref|[cC]ite\w*|parencite|textcite|autocite|nocite|footcite|"
                      r"input|include|includegraphics|begin|end|usepackage|documentclass|bibliographystyle|bibliography|addbibresource|"
                      r"hypersetup|url|href|bibitem|fnref|tnoteref|corref|inst|IEEEauthorrefmark|selectlanguage|newtheorem|subfile|import|"
                      r"subimport|color|definecolor|setcounter|setlength|addtolength|vspace|hspace|index|foreignlanguage|textcolor|colorbox|"
                      r"cline|cmidrule|multicolumn|multirow|gls|acrshort|SI|num|orcid|orcidID|verb|parbox|IEEEPARstart|lettrine|date|"
                      r"fontsize|pagestyle|thispagestyle|markboth|hyperref|raisebox|resizebox|scalebox|makebox)(?![A-Za-z])\*?\s?"
                      r"(?:\[[^\]\n]{0,300}\]|\{[^{}\n]{0,400}\}){0,4}")
SETTING = re.compile(r"\\(?:newcommand|renewcommand|providecommand|def|let|DeclareMathOperator|newenvironment|setstretch|tikzset|lstset|"
                     r"captionsetup|geometry)\b[^\n]*")


def words_of_source(text: str) -> list[tuple[str, str]]:
    """The words that the text of LaTeX prints, paragraph by paragraph, counted by signs alone: formulas, keys and settings have none."""
    begin, end = text.find(BEGIN), text.find("\\end{document}")
    body = text[begin if begin >= 0 else 0:end if end > 0 else len(text)]
    body = re.sub(f"{RULE.pattern}|{CITE}\\d{{1,9}}{CITED}", " ", body)
    body = put_in(body, list(environments(body, DRAWN)), lambda each: " ")
    body = compose(SETTING.sub(" ", put_in(body, list(formulas(body)), lambda each: " ")))
    found = []
    for paragraph in re.split(r"\n[ \t]*\n", body):
        said = re.sub(r"(?<=[{,\s])[a-z]{2,20}\s?=(?=\s?\{)", " ", WORDLESS.sub(" ", paragraph))
        said = re.sub(r"\\\\|(?:\\-)", lambda each: " " if each[0] == "\\\\" else "", said)
        said = re.sub(r"\\[A-Za-z@]+\*?(?:\[[^\]\n]{0,200}\])?", " ", said)
        said = re.sub(r"\d*[.,]?\d+\s?(?:cm|mm|pt|em|ex|in)\b|[{}~\\&#^_]", lambda each: "" if each[0] in "{}" else " ", said)
        if said.strip():
            found.append((" ".join(said.split()), "tex"))
    return found
