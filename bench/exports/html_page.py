"""One HTML file that opens offline: its charts are live, and nothing in it asks the network.

Charts are data that the one script of the file draws. The policy in its head lets that script and
that style be used, by their digests, and nothing else: not even what somebody adds to the file.
"""

import html
import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from string import Template
from typing import Any

from bench.charts.theme import Palette
from bench.exports.escaping import block, one_line
from bench.exports.pictures import font_face, vega

# Expressions are interpreted, as the policy forbids to make code of text.
_SNIPPET = """
const shown = {actions: false, ast: true, defaultStyle: false, mode: "vega-lite", renderer: "svg",
               tooltip: {disableDefaultStyle: true}};
for (const place of document.querySelectorAll("figure[data-chart]")) {
  const spec = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  vegaEmbed(place, spec, shown).catch((error) => {
    place.textContent = `This chart could not be drawn: ${error.message}`;
  });
}
"""

_STYLE = """
:root { color-scheme: $scheme; }
body { background: $background; color: $text; font: 16px/1.5 Inter, sans-serif; margin: 0 auto;
  max-width: 1120px; padding: 24px 16px 48px; overflow-wrap: anywhere; }
h1 { font-size: 28px; line-height: 1.25; } h2 { font-size: 20px; margin-top: 40px; }
h1, h2, th, b { font-weight: 600; }
.quiet, footer { color: $secondary; } footer { margin-top: 40px; font-size: 14px; }
figure { margin: 24px 0; width: 100%; } figure svg { max-width: 100%; }
.scrolled { overflow-x: auto; }
table { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
th, td { border-bottom: 1px solid $grid; padding: 6px 16px 6px 0; text-align: left; }
pre { background: $band; border-radius: 6px; overflow-x: auto; padding: 12px; font-size: 13px;
  white-space: pre-wrap; }
.note { background: $band; border-radius: 6px; padding: 8px 12px; }
#vg-tooltip-element { background: $background; border: 1px solid $grid; border-radius: 6px;
  color: $text; font-size: 13px; padding: 8px; pointer-events: none; position: fixed;
  visibility: hidden; z-index: 1000; }
#vg-tooltip-element.visible { visibility: visible; }
#vg-tooltip-element td { border: 0; padding: 2px 8px 2px 0; }
#vg-tooltip-element td.key { color: $secondary; }
"""

_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; font-src data:; "
    "script-src {script}; style-src {style}"
)


@dataclass
class Page:
    """A page that is written from top to bottom; all text is escaped as it comes in."""

    title: str
    palette: Palette
    _body: list[str] = field(default_factory=list)
    _specs: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def heading(self, text: str) -> None:
        self._body.append(f"<h2>{escaped(text)}</h2>")

    def paragraph(self, text: str, kind: str = "") -> None:
        """A paragraph: `quiet`, a `note`, or a plain one."""
        self._body.append(f'<p class="{escaped(kind)}">{escaped(text)}</p>')

    def listing(self, sentences: Sequence[str]) -> None:
        if sentences:
            items = "".join(f"<li>{escaped(sentence)}</li>" for sentence in sentences)
            self._body.append(f"<ul>{items}</ul>")

    def table(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Rows by column."""
        head = "".join(f"<th scope=col>{escaped(name)}</th>" for name in rows[0]) if rows else ""
        self._table(f"<thead><tr>{head}</tr></thead>", [list(row.values()) for row in rows])

    def facts(self, lines: Sequence[tuple[str, str]]) -> None:
        """Names with their values."""
        self._table("", lines)

    def _table(self, head: str, rows: Sequence[Sequence[object]]) -> None:
        body = "".join(
            f"<tr>{''.join(f'<td>{escaped(value)}</td>' for value in row)}</tr>" for row in rows
        )
        self._body.append(f"<div class=scrolled><table>{head}<tbody>{body}</tbody></table></div>")

    def code(self, text: str) -> None:
        self._body.append(f"<pre>{html.escape(block(text))}</pre>")

    def chart(self, name: str, spec: Mapping[str, Any]) -> None:
        """A chart whose spec takes its container's width."""
        self._specs[name] = spec
        self._body.append(f'<figure data-chart="spec-{escaped(name)}"></figure>')

    def footer(self, text: str) -> None:
        self._body.append(f"<footer>{escaped(text)}</footer>")

    def whole(self) -> str:
        """The file's text."""
        script, style = _script(), _style(self.palette)
        policy = _POLICY.format(script=_digest(script), style=_digest(style))
        data = "\n".join(
            f'<script type="application/json" id="spec-{escaped(name)}">{_inert(spec)}</script>'
            for name, spec in self._specs.items()
        )
        body = "\n".join(self._body)
        return (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{html.escape(policy)}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escaped(self.title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
            f"<h1>{escaped(self.title)}</h1>\n{body}\n{data}\n<script>{script}</script>\n"
            "</body>\n</html>\n"
        )


def escaped(text: object) -> str:
    """Any value as text in HTML, in attributes with quotes too."""
    return html.escape(one_line(str(text)))


def _inert(spec: Mapping[str, Any]) -> str:
    """Data as JSON that no text in it can end early."""
    return json.dumps(spec, separators=(",", ":")).replace("<", "\\u003c")


def _script() -> str:
    """The one script; in JavaScript `<\\/` means the same, and does not end it."""
    return vega(_SNIPPET).replace("\r\n", "\n").replace("</script", "<\\/script")


def _style(palette: Palette) -> str:
    colours = {name: value for name, value in asdict(palette).items() if name != "name"}
    return font_face() + Template(_STYLE).substitute(colours, scheme=palette.name)


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
