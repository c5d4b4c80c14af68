"""What a browser asks by itself is told from what people do."""

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from pages.parts.polls import poll_of


def said(*, again: bool, fragment: str = "") -> bytes:
    asked = BackMsg()
    asked.rerun_script.is_auto_rerun = again
    asked.rerun_script.fragment_id = fragment
    return bytes(asked.SerializeToString())


def test_a_part_of_a_page_that_asks_again_by_itself_is_a_poll() -> None:
    assert poll_of(said(again=True, fragment="a part")) == "a part"


@pytest.mark.parametrize("what", [said(again=False, fragment="a part"), said(again=False), b""])
def test_what_people_do_is_none(what: bytes) -> None:
    assert poll_of(what) is None


def test_what_cannot_be_read_is_left_to_the_server() -> None:
    assert poll_of(b"\xff\xff\xff") is None
