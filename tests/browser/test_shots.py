"""The pictures in docs/shots: of every page, and as many as there should be."""

from tests.browser.conftest import ROOT
from tests.browser.shots import ALL, FOLDER, files


def test_every_page_is_photographed() -> None:
    pages = {path.stem for path in (ROOT / "pages").glob("*.py")} - {"site"}
    assert {shot.page for shot in ALL} == pages


def test_there_is_each_picture_and_no_other() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(files())
