"""What the tests of the roster share."""

import io
import re
import zipfile

from workshops.roster.words import fold

FIELDS = ("person_name", "role", "unit", "organisation")


def same(left: str | None, right: str | None) -> bool:
    """Equal but for case, accents, hyphens, spaces and a final point: what an animator would not correct."""
    return _plain(left) == _plain(right)


def _plain(text: str | None) -> str:
    return re.sub(r"[\s.]+", " ", fold(text or "")).strip()


ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
    )
)


def opendocument(body: str, styles: str = "") -> bytes:
    """A document of LibreOffice, no more of it than is read."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(
            "content.xml",
            f"<office:document-content {ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body>{body}</office:body></office:document-content>",
        )
    return buffer.getvalue()
