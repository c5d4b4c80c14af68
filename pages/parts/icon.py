"""The lab's icon in a browser's tab."""

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.PageConfig_pb2 import PageConfig
from streamlit.runtime.scriptrunner import get_script_run_ctx

# Served as it is, like the fonts beside it.
ICON = "app/static/icon.png"

_MESSAGE = PageConfig(
    favicon=ICON,
    layout=PageConfig.LAYOUT_UNSET,
    initial_sidebar_state=PageConfig.SIDEBAR_UNSET,
)


def show_icon() -> None:
    """Say which icon it is, in the message that `st.set_page_config` sends.

    That would load NumPy and Pillow first, in case the picture had to be converted: a fifth of what
    an app needs until its first page is there.
    """
    if context := get_script_run_ctx():
        context.enqueue(ForwardMsg(page_config_changed=_MESSAGE))
