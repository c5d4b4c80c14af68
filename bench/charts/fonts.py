"""The fonts that pictures are drawn with, shipped so that they look the same on every machine."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "inter"

# The same as the page's own, for files that bring their font.
WEB_FONT = FOLDER / "inter-latin.woff2"


@cache
def register() -> None:
    """Make Inter known to vl-convert.

    Without it a picture comes out with no text at all, and no error: vl-convert leaves a text out
    where the first font of its list is not installed.
    """
    import vl_convert

    vl_convert.register_font_directory(str(FOLDER))
