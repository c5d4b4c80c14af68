"""Made-up /proc, /sys and other small files below a folder."""

from collections.abc import Mapping
from pathlib import Path


def a_tree(root: Path, files: Mapping[str, str]) -> Path:
    """The root folder of a system with these files; a text that begins with @ is a link's end."""
    for place, text in files.items():
        file = root / place
        file.parent.mkdir(parents=True, exist_ok=True)
        if text.startswith("@"):
            file.symlink_to(text[1:])
        else:
            file.write_text(text)
    return root
