"""What few articles have a use for is loaded when that use comes."""

import os
import subprocess
import sys
import types

from conftest import ROOT

from basylym import later

CODE = """
import sys
from basylym import api
api.check_articles("specimen")
print([name for name in ("urllib.request", "http.client", "ssl", "pydantic") if name in sys.modules])
import pypandoc
print(pypandoc.urllib.request.url2pathname("/a%20b"), "ssl" in sys.modules)
import urllib.request
print(urllib.request is sys.modules["urllib.request"], type(urllib.request).__name__)
print(pypandoc.convert_text("*a*", "html", "markdown"), hasattr(urllib.request, "no_such_thing"))
print(pypandoc.DEFAULT_TARGET_FOLDER["linux"], pypandoc.pandoc_download.download_pandoc.__name__)
try:
    pypandoc.download_pandoc(version="none", url="", nothing=1)
except TypeError as error:
    print(error)
"""


def test_what_speaks_with_the_web_is_not_loaded_until_it_is_used(journal):
    """pypandoc loads it to fetch a pandoc, which takes longer than to tell a short article's findings."""
    found = subprocess.run([sys.executable, "-c", CODE], cwd=journal.folder, env={**os.environ, "PYTHONPATH": str(ROOT)},
                           capture_output=True, text=True, timeout=120)
    assert found.stdout.splitlines() == [
        "[]", "/a b True", "True module", "<p><em>a</em></p>", " False", "~/bin download_pandoc",
        "download_pandoc() got an unexpected keyword argument 'nothing'"], found.stderr


ENGINE = """
import sys
from basylym.render.layout import load_engine
load_engine()
print([name for name in ("ssl", "http.client", "email.message", "fontTools.ttLib", "PIL.ExifTags") if name in sys.modules])
from weasyprint import urls
from weasyprint.pdf import fonts
from weasyprint.text import fonts as read
print(isinstance({}, urls.EmailMessage), isinstance(urls.EmailMessage(), urls.EmailMessage), callable(read.woff2.decompress))
try:
    fonts.TTFont(__import__("io").BytesIO(b"no font"))
except fonts.TTLibError as error:
    print(error)
import http.client, ssl
print(type(http.client).__name__, issubclass(http.client.HTTPSConnection, http.client.HTTPConnection), type(ssl).__name__)
"""


def test_the_layout_engine_loads_what_few_articles_need_when_they_do():
    found = subprocess.run([sys.executable, "-c", ENGINE], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
                           timeout=120)
    assert found.stdout.splitlines() == ["[]", "False True True", "Not a TrueType or OpenType font (not enough data)",
                                         "module True module"], found.stderr


def test_the_modules_of_a_package_are_those_that_python_finds():
    import pkgutil

    from basylym import check, package, render, report
    from basylym.later import modules_of

    for each in (check, package, render, report):
        assert modules_of(each.__file__) == sorted(module.name for module in pkgutil.iter_modules(each.__path__) if not module.ispkg)


def test_what_stands_for_a_class_can_be_its_base(monkeypatch):
    """Another thread may load what makes a class of it just then."""
    name = "tests_later_base"
    monkeypatch.setattr(later, "import_module", lambda asked: sys.modules.setdefault(asked, made))
    made = types.ModuleType(name)
    made.Base = type("Base", (), {"says": "base"})
    with later.loaded_later(name):
        stand_in = sys.modules[name].Base

        class Child(stand_in):
            pass

    assert Child().says == "base" and issubclass(Child, made.Base)
    sys.modules.pop(name, None)
