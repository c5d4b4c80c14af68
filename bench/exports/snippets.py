"""What to paste so that a chart, or a whole page, stands somewhere else."""

import html
from urllib.parse import urlencode

from bench.exports.escaping import markdown, one_line
from bench.exports.look import Look


def address(base: str, id_: str, end: str, look: Look) -> str:
    """Where an export is, below the app's own address; what is usual is left out."""
    usual = Look()
    choices = {
        name: value
        for name, value in (("theme", look.theme), ("mode", look.mode))
        if value != getattr(usual, name)
    }
    query = f"?{urlencode(choices)}" if choices else ""
    return f"{base}/share/{id_}{end}{query}"


def markdown_picture(told: str, picture: str, link: str) -> str:
    """A picture that leads to a page, as Markdown; `told` is for those who do not see it."""
    return f"[![{markdown(told)}]({picture})]({link})"


def html_picture(told: str, picture: str, link: str, width: int) -> str:
    """The same as HTML, so many pixels wide."""
    return (
        f'<a href="{html.escape(link)}"><img src="{html.escape(picture)}" '
        f'alt="{html.escape(one_line(told))}" width="{width}"></a>'
    )


def framed(told: str, link: str) -> str:
    """A page within another one, without its menus."""
    return (
        f'<iframe src="{html.escape(link)}&amp;embed=true" '
        f'title="{html.escape(one_line(told))}" width="100%" height="900"></iframe>'
    )
