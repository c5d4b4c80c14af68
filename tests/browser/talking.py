"""Talking to a running app as its client does, without one: anything can be sent."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

# The longest that one run of a page's script may take, in seconds.
RUN = 60.0


class Talk:
    """One session: what it sends is not what the page offers, but what it is given."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection

    def run(self, page: str, query: str = "", *widgets: WidgetState) -> list[Element]:
        """Run a page with these states of widgets; the elements that it drew."""
        state = ClientState(
            page_name=page, query_string=query, widget_states=WidgetStates(widgets=widgets)
        )
        self._connection.send(BackMsg(rerun_script=state).SerializeToString())
        drawn = []
        while True:
            message = ForwardMsg()
            message.ParseFromString(bytes(self._connection.recv(RUN, decode=False)))
            if message.HasField("delta") and message.delta.HasField("new_element"):
                drawn.append(message.delta.new_element)
            if message.WhichOneof("type") == "script_finished":
                if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    return drawn
                drawn = []  # the page begins anew by itself

    def send(self, frame: bytes) -> None:
        self._connection.send(frame)

    def closed(self) -> int | None:
        """The code that the other side closes with, once it does."""
        with suppress(ConnectionClosed):
            while True:
                self._connection.recv(RUN)
        return self._connection.close_code


@contextmanager
def talk(url: str, headers: Mapping[str, str] | None = None) -> Iterator[Talk]:
    """A session with the app at that address."""
    address = f"{url.replace('http', 'ws', 1)}/_stcore/stream"
    with connect(
        address, additional_headers=headers, max_size=None, proxy=None, open_timeout=RUN
    ) as connection:
        yield Talk(connection)


def ids(drawn: list[Element]) -> dict[str, str]:
    """The ids of the widgets among elements, by their keys, with which they end."""
    kinds = [getattr(one, one.WhichOneof("type") or "", None) for one in drawn]
    told = [str(getattr(kind, "id", "")) for kind in kinds]
    found = [id_ for id_ in told if id_.startswith("$$ID-")]
    return {id_.split("-", 2)[2]: id_ for id_ in found}
