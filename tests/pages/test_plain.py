"""Text that may come from anyone: Markdown shows it as it is."""

import pytest

from pages.parts.shared import plain


@pytest.mark.parametrize(
    "text",
    [
        "Threads (ThreadPoolExecutor)",
        "1.86 times, or 5-3 = 2!",
        "x86-64, 3.11.7 + GIL",
        "a #1 (b).",
    ],
)
def test_what_acts_on_nothing_has_no_backslash(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**a** _b_ `c` ~d~", r"\*\*a\*\* \_b\_ \`c\` \~d\~"),
        ("[x](y) ![z](y)", r"\[x\](y) !\[z\](y)"),
        ("<b> &amp; |", r"\<b\> \&amp; \|"),
        (":red[c] :smile: $d$ {e}", r"\:red\[c\] \:smile\: \$d\$ \{e\}"),
        ("back\\", "back\\\\"),
        ("# a\n  - b\n+ c\n===\n---", "\\# a\n  \\- b\n\\+ c\n\\===\n\\---"),
        ("1. a\n12) b\n3.5 c", "1\\. a\n12\\) b\n3.5 c"),
        ("http://a www.b c@d", "http\\:\u2060//a www\u2060.b c\u2060\\@d"),
    ],
)
def test_what_would_act_is_escaped(text: str, shown: str) -> None:
    assert plain(text) == shown
