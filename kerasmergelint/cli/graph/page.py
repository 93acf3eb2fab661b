"""The graph as a page to explore: one file, which loads nothing from elsewhere."""

from __future__ import annotations

import json
from html import escape
from importlib import resources

from kerasmergelint.cli.graph.folding import Fold, folded
from kerasmergelint.cli.graph.graph import Box, Graph
from kerasmergelint.cli.graph.svg import svg
from kerasmergelint.rules.printable import printable

# Of a line of code, in characters.
_LONGEST = 160
_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<header>
<h1>{title}</h1>
<span id="count"></span>
<input id="search" type="search" placeholder="Search layers ( / )" aria-label="Search layers">
<span id="found"></span>
<span class="buttons">
<button id="open" title="Open every block">Open all</button>
<button id="fold" title="Fold every block">Fold all</button>
<button id="in" title="Zoom in (+)">+</button>
<button id="out" title="Zoom out (-)">&minus;</button>
<button id="fit" title="Show all of it (0)">Fit</button>
</span>
</header>
{findings}<main id="canvas"><noscript>{picture}</noscript></main>
<div id="tip" hidden></div>
<script type="application/json" id="graph">{data}</script>
<script>
{script}</script>
</body>
</html>
"""


def page(graph: Graph, flat: Graph, title: str) -> str:
    """The page; ``flat`` is the picture for browsers that run no scripts."""
    found = "".join(f"<li>{escape(line)}</li>\n" for line in graph.findings)
    data = json.dumps(_data(graph), ensure_ascii=True, separators=(",", ":"))
    return _PAGE.format(
        title=escape(title),
        style=_resource("page.css"),
        findings=f'<ul id="findings">\n{found}</ul>\n' if found else "",
        picture=svg(flat),
        data=data.replace("<", "\\u003c"),
        script=_resource("page.js"),
    )


def _resource(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def _data(graph: Graph) -> dict[str, object]:
    return {
        "root": _part(folded(graph)),
        "arrows": [[arrow.source, arrow.target, int(arrow.broken)] for arrow in graph.arrows],
    }


def _part(part: Box | Fold) -> dict[str, object]:
    if isinstance(part, Fold):
        return {"title": printable(part.title), "parts": list(map(_part, part.parts))}
    words = {
        "name": part.name,
        "type": part.type_name,
        "shape": part.shape,
        "place": part.place,
        "code": part.code[:_LONGEST],
        "parameters": part.parameters,
    }
    return {"key": part.key, "kind": part.kind} | {k: printable(v) for k, v in words.items()}
