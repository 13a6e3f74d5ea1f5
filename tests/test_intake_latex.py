"""LaTeX as it arrives: the commands of the usual classes, commands that nobody knows, and words counted in the source."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from basylym.intake.losses import find_losses
from basylym.intake.packages import Unreadable
from basylym.intake.read_document import read_document
from basylym.intake.understand import understand
from basylym.intake.understood import Understood
from basylym.intake.write import make_files

BODY = r"\section{Introduction} Rivers matter \cite{a}. \begin{thebibliography}{1}\bibitem{a} Doe J. Rivers. J. Sample. 2010. " \
       r"Vol. 5. P. 1--9.\end{thebibliography}"
PEOPLE = {"Saule Akhmetova": (("Sample University", "Almaty", "Kazakhstan"), "saule@sample.example"),
          "Ivan Petrov": (("Example Institute", "Prague", "Czechia"), "petrov@other.example")}
IEEE = r"""\documentclass{IEEEtran}\begin{document}\title{Water of the Sample delta\thanks{Supported by grant AP1.}}
\author{\IEEEauthorblockN{Saule Akhmetova\IEEEauthorrefmark{1}, Ivan Petrov\IEEEauthorrefmark{2}}
\IEEEauthorblockA{\IEEEauthorrefmark{1}Sample University, Almaty, Kazakhstan\\ saule@sample.example}
\IEEEauthorblockA{\IEEEauthorrefmark{2}Example Institute, Prague, Czechia\\ petrov@other.example}}\maketitle
\begin{abstract}Losses reach 12\% of $10^{5}$.\end{abstract}\begin{IEEEkeywords}delta, water\end{IEEEkeywords}""" + BODY
AMS = r"""\documentclass{amsart}\title[Short]{Water of the Sample delta}
\author{Saule Akhmetova}\address{Sample University, Almaty, Kazakhstan}\email{saule@sample.example}\thanks{Supported by grant AP1.}
\author{Ivan Petrov}\address{Example Institute, Prague, Czechia}\email{petrov@other.example}
\subjclass[2020]{35G15}\keywords{delta, water}\begin{document}
\begin{abstract}Losses reach 12\% of $10^{5}$.\end{abstract}\maketitle""" + BODY
ELS = r"""\documentclass{elsarticle}\begin{document}\begin{frontmatter}\title{Water of the Sample delta\tnoteref{t}}
\tnotetext[t]{Supported by grant AP1.}\author[one]{Saule Akhmetova\corref{c}}\ead{saule@sample.example}\author[two]{Ivan Petrov}
\ead{petrov@other.example}\cortext[c]{Corresponding author}\address[one]{Sample University, Almaty, Kazakhstan}
\affiliation[two]{organization={Example Institute},city={Prague},country={Czechia}}
\begin{abstract}Losses reach 12\% of $10^{5}$.\end{abstract}\begin{keyword}delta \sep water\end{keyword}\end{frontmatter}""" + BODY
LLNCS = r"""\documentclass{llncs}\begin{document}\title{Water of the Sample delta}
\author{Saule Akhmetova\inst{1}\orcidID{0000-0002-1825-0097} \and Ivan Petrov\inst{2}}
\institute{Sample University, Almaty, Kazakhstan \email{saule@sample.example} \and
Example Institute, Prague, Czechia \email{petrov@other.example}}\maketitle
\begin{abstract}Losses reach 12\% of $10^{5}$.\keywords{delta \and water}\end{abstract}""" + BODY
REVTEX = r"""\documentclass{revtex4-2}\begin{document}\title{Water of the Sample delta}
\author{Saule Akhmetova}\email{saule@sample.example}\affiliation{Sample University, Almaty, Kazakhstan}
\author{Ivan Petrov}\email{petrov@other.example}\affiliation{Example Institute, Prague, Czechia}\date{\today}
\begin{abstract}Losses reach 12\% of $10^{5}$.\end{abstract}\pacs{03.67.-a}\keywords{delta; water}\maketitle """ + BODY
SPRINGER = r"""\documentclass{sn-jnl}\begin{document}\title[Short]{Water of the Sample delta}
\author*[1]{\fnm{Saule} \sur{Akhmetova}}\email{saule@sample.example}\author[2]{\fnm{Ivan} \sur{Petrov}}\email{petrov@other.example}
\affil*[1]{\orgname{Sample University}, \orgaddress{\city{Almaty}, \country{Kazakhstan}}}
\affil[2]{\orgname{Example Institute}, \orgaddress{\city{Prague}, \country{Czechia}}}
\abstract{Losses reach 12\% of $10^{5}$.}\keywords{delta, water}\maketitle """ + BODY
AUTHBLK = r"""\documentclass{article}\usepackage{authblk}\title{Water of the Sample delta}
\author[1]{Saule Akhmetova\thanks{saule@sample.example}}\author[2]{Ivan Petrov\thanks{petrov@other.example}}
\affil[1]{Sample University, Almaty, Kazakhstan}\affil[2]{Example Institute, Prague, Czechia}\begin{document}\maketitle
\begin{abstract}Losses reach 12\% of $10^{5}$.\end{abstract}
\textbf{Keywords:} delta, water

""" + BODY
ARTICLE = r"""\documentclass{article}\title{Water of the Sample delta}
\author{Saule Akhmetova\\ Sample University, Almaty, Kazakhstan\\ \texttt{saule@sample.example} \and
Ivan Petrov\\ Example Institute, Prague, Czechia\\ \texttt{petrov@other.example}}\begin{document}\maketitle
\begin{abstract}Losses reach 12\% of $10^{5}$.\end{abstract}
\textbf{Keywords:} delta, water

""" + BODY


def write(folder: Path, text: str) -> Understood:
    path = folder / "article.tex"
    path.write_text(text + r"\end{document}", "utf-8")
    return understand(read_document(path))


def lost(understood: Understood) -> list[str]:
    files, left_out = make_files(understood)
    return [each.words for each in find_losses(understood, files, left_out)[0]]


@pytest.mark.parametrize("text", [IEEE, AMS, ELS, LLNCS, REVTEX, SPRINGER, AUTHBLK, ARTICLE],
                         ids=["IEEEtran", "amsart", "elsarticle", "llncs", "revtex", "sn-jnl", "authblk", "article"])
def test_the_front_matter_of_the_usual_classes(text, tmp_path):
    understood = write(tmp_path, text)
    data = understood.front.data
    places = {each["id"]: (each["name"]["en"], each["city"]["en"], each["country"]["en"]) for each in data["affiliations"]}
    found = {f"{each['name']['en']['given']} {each['name']['en']['family']}": (places[each["affiliations"][0]], each["email"])
             for each in data["authors"]}
    assert found == PEOPLE
    assert data["title"] == {"en": "Water of the Sample delta"} and data["keywords"] == {"en": ["delta", "water"]}
    assert "en: Losses reach 12% of $10^{5}$." in make_files(understood)[0]["article.md"].decode()
    assert lost(understood) == []


def test_what_journals_call_their_own(tmp_path):
    data = write(tmp_path, r"""\documentclass{own}\begin{document}\UDC{519.6}\MRNTI{27.41.17}\title{О численном решении задачи}
\author{А. Б. Мысалов$^{1}$, В. Г. Улгиев$^{1,2}$ \\ $^1$Университет примеров, Алматы, Казахстан \\
$^2$Институт образцов, Астана, Казахстан}
\maketitle\begin{abstract}Рассматривается задача.\end{abstract}\section{Введение} Текст <<в кавычках>>.""").front.data
    assert data["udc"] == ["519.6"] and data["irsti"] == ["27.41.17"]
    assert [each["affiliations"] for each in data["authors"]] == [["org-1"], ["org-1", "org-2"]]


def read(folder: Path, body: str) -> list[str]:
    understood = write(folder, r"\documentclass{article}\begin{document}" + body)
    assert lost(understood) == [] and not understood.document.unread
    return [block.text for block in understood.document.blocks]


@pytest.mark.parametrize(("typed", "printed"), [
    (r"A \mycommand{kept words} here.", "A kept words here."),
    (r"\IEEEPARstart{K}{azakh} is a language.", "Kazakh is a language."),
    (r"\vspace{2mm}Only \hspace{1cm} words.", "Only  words."),
    (r"\newcommand{\own}[1]{the #1 way}In \own{sample} only.", "In the sample way only."),
    (r"Kal\v{c}ik and \c{S}en, \verb|\title{no}|.", "Kalčik and Şen, \\title{no}."),
    (r"\begin{lemma}If so, then.\end{lemma}", "Lemma 1.  If so, then."),
    (r"See \unknown{5}.", "See 5."),
])
def test_words_of_commands_are_kept(typed, printed, tmp_path):
    assert read(tmp_path, typed)[0].split() == printed.split()


def test_formulas_have_the_numbers_that_are_called(tmp_path):
    texts = read(tmp_path, r"""By \eqref{b} and \eqref{c}.
\begin{equation}\label{a} x=1 \end{equation}
\begin{align} y&=2\nonumber\\ z&=3\label{b} \end{align}
\begin{equation}\tag{A}\label{c} w=4 \end{equation}""")
    assert texts[0] == "By (2) and (A)." and texts[1].endswith("(1)") and texts[-1].endswith("(A)")


def test_rules_of_tables_are_no_cells(tmp_path):
    texts = read(tmp_path, r"\begin{tabular}{ccc} a & b & c \\ \cline{2-3} d & e & f \\ \cmidrule(lr){2-3} g & h & i \end{tabular}")
    assert texts == ["a\tb\tc\nd\te\tf\ng\th\ti"]


def test_what_is_left_out_is_told(tmp_path):
    document = write(tmp_path, r"\documentclass{article}\begin{document}Words.\todo{Ask them}\begin{comment}Not this\end{comment} "
                               r"\begin{tikzpicture}\draw (0,0) node{On the drawing};\end{tikzpicture} % never" "\n").document
    assert {(each.text, each.why) for each in document.left_out} == {
        ("Ask them", "not_understood"), ("Not this", "hidden"), ("On the drawing", "drawing")}


def test_a_page_of_a_work_stands_after_a_comma(tmp_path):
    understood = write(tmp_path, r"\documentclass{article}\begin{document}Text \cite[p. 12]{other}." + BODY)
    assert "[@other, p. 12]" in make_files(understood)[0]["article.md"].decode()


@pytest.mark.parametrize("part", [r"\[", r"\begin{align}", r"\x[{} ", r"\begin{abstract}", r"\verb|", "$a\\$ "])
def test_a_file_made_to_be_slow_ends_soon(part, tmp_path):
    began = time.process_time()
    path = tmp_path / "slow.tex"
    path.write_text(r"\documentclass{article}\begin{document}Text " + part * 100_000, "utf-8")
    with pytest.raises(Unreadable):
        read_document(path)
    assert time.process_time() - began < 10
