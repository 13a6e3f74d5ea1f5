"""The styles of our own are what their one source writes."""

import subprocess
import sys

from conftest import ROOT


def test_styles_are_as_written(tmp_path):
    subprocess.run([sys.executable, str(ROOT / "styles/csl/write_styles.py"), str(tmp_path)], check=True, capture_output=True)
    written = {path.name: path.read_text("utf-8") for path in tmp_path.glob("*.csl")}
    assert len(written) == 9
    assert written == {path.name: path.read_text("utf-8") for path in (ROOT / "styles/csl").glob("*.csl")}
