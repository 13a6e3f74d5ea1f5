"""ZIP files: the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from basylym.package import Parcel

FIRST_YEAR = 1980
"""No file in a ZIP can be older (APPNOTE 4.4.6)."""


def write_zip(parcel: Parcel, files: Mapping[str, bytes]) -> bytes:
    """Files as one, in the order of their names, all of the moment that the parcel counts as written."""
    moment = max(parcel.stamp.timetuple()[:6], (FIRST_YEAR, 1, 1, 0, 0, 0))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            info = zipfile.ZipInfo(name, moment)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            archive.writestr(info, content)
    return target.getvalue()
