"""What a browser asks by itself, apart from what people do."""

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg


def poll_of(said: bytes) -> str | None:
    """The part of a page that a browser asks for again by itself; None for anything else."""
    if not said:
        return None
    try:
        asked = BackMsg.FromString(said)
    except DecodeError:  # the server refuses it in its own words
        return None
    return asked.rerun_script.fragment_id if asked.rerun_script.is_auto_rerun else None
