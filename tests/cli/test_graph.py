"""Graphs of models: every call with its shape, a broken merge and its paths in red."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest

from kerasmergelint.cli.graph.folding import Fold, folded
from kerasmergelint.cli.graph.graph import Arrow, Box, Graph
from kerasmergelint.cli.graph.layout import lay_out
from tests.cli.command import kerasmergelint

PROGRAM = """\
import keras
from keras import layers

image = keras.Input((32, 32, 3), name="image")
stem = layers.Conv2D(8, 3, name="stem")(image)
a = layers.Conv2D(4, 3, name="a")(stem)
b = layers.Conv2D(4, 5, name="b")(stem)
side = layers.Flatten(name="side")(stem)
aside = keras.Model(image, side, name="aside")
"""
BROKEN = PROGRAM + 'joined = layers.Add(name="join")([a, b])\n'
FINE = PROGRAM.replace('"b"', '"b", padding="same"').replace('"a"', '"a", padding="same"') + (
    'joined = layers.Add(name="join")([a, b])\nmodel = keras.Model(image, joined, name="whole")\n'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "broken.py").write_text(BROKEN)
    (tmp_path / "fine.py").write_text(FINE)
    return tmp_path


def draw(folder: Path, *arguments: str) -> str:
    done = kerasmergelint("graph", *arguments, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


# -- text ------------------------------------------------------------------------------------


def test_mermaid(folder: Path) -> None:
    assert (
        draw(folder, "fine.py", "--model", "whole")
        == """\
flowchart TD
    n0["image (InputLayer)<br/>(None, 32, 32, 3)"]
    n1["stem (Conv2D)<br/>(None, 30, 30, 8)"]
    n2["a (Conv2D)<br/>(None, 30, 30, 4)"]
    n3["b (Conv2D)<br/>(None, 30, 30, 4)"]
    n4["join (Add)<br/>(None, 30, 30, 4)"]
    n0 --> n1
    n1 --> n2
    n1 --> n3
    n2 --> n4
    n3 --> n4
    classDef input fill:#e8f0fe,stroke:#4a6fa5,color:#111
    class n0 input
"""
    )


def test_a_broken_merge_and_its_two_paths_are_red(folder: Path) -> None:
    lines = [line.strip() for line in draw(folder, "broken.py").splitlines()]
    names = {match[2]: match[1] for match in re.finditer(r'(n\d+)\["(\w+)', "\n".join(lines))}
    assert f"class {names['a']},{names['b']} path" in lines
    assert f"class {names['Add']} broken" in lines
    arrows = [line for line in lines if "-->" in line]
    [red] = [line for line in lines if line.startswith("linkStyle")]
    drawn = {arrows[int(index)] for index in red.split()[1].split(",")}
    assert drawn == {
        f"{names[x]} --> {names[y]}"
        for x, y in [("stem", "a"), ("stem", "b"), ("a", "Add"), ("b", "Add")]
    }


def test_what_has_a_meaning_in_mermaid_is_written_out(folder: Path) -> None:
    (folder / "odd.py").write_text(PROGRAM.replace('"side"', "'a \"#\" <b>'"))
    assert "a #quot;#35;#quot; #lt;b#gt; (Flatten)" in draw(folder, "odd.py")


@pytest.mark.skipif(
    shutil.which("dot") is None and not os.environ.get("CI"), reason="Graphviz is not installed"
)
def test_graphviz_reads_the_dot_file(folder: Path) -> None:
    (folder / "odd.py").write_text(BROKEN.replace('"side"', "'a \"#\" <b>\\\\n'"))
    drawn = subprocess.run(
        ["dot", "-Tsvg"], input=draw(folder, "odd.py", "--format", "dot"),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert drawn.returncode == 0 and not drawn.stderr
    assert "stem (Conv2D)" in drawn.stdout and "#c62828" in drawn.stdout


def test_dot(folder: Path) -> None:
    lines = draw(folder, "broken.py", "--format", "dot").splitlines()
    assert lines[0] == "digraph model {" and lines[-1] == "}"
    assert sum("penwidth" in line for line in lines) == 4


# -- choosing --------------------------------------------------------------------------------


def test_the_name_of_the_output_says_the_format(folder: Path) -> None:
    for name, start in [
        ("g.svg", "<svg "), ("g.html", "<!doctype html>"), ("g.dot", "digraph"), ("g.mmd", "flow"),
    ]:  # fmt: skip
        assert draw(folder, "fine.py", "--output", name) == ""
        assert (folder / name).read_text(encoding="utf-8").startswith(start)


def test_a_page_of_markdown_has_the_flowchart_in_a_fence(folder: Path) -> None:
    draw(folder, "fine.py", "--output", "g.md")
    lines = (folder / "g.md").read_text(encoding="utf-8").splitlines()
    assert (lines[:2], lines[-1]) == (["```mermaid", "flowchart TD"], "```")


def test_graphviz_draws_what_needs_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("dot") is None and not os.environ.get("CI"):
        pytest.skip("Graphviz is not installed")
    for name, start in [("g.png", b"\x89PNG"), ("g.pdf", b"%PDF")]:
        assert draw(folder, "fine.py", "--output", name) == ""
        assert (folder / name).read_bytes().startswith(start)
    command = [sys.executable, "-m", "kerasmergelint", "graph", "fine.py", "--format", "png"]
    assert subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout.startswith(
        b"\x89PNG"
    )
    monkeypatch.setenv("PATH", str(folder))
    done = kerasmergelint("graph", "fine.py", "--output", "h.png", cwd=folder)
    assert done.returncode == 2 and "png needs Graphviz" in done.stderr
    assert not (folder / "h.png").exists()


def test_a_suffix_without_a_format(folder: Path) -> None:
    done = kerasmergelint("graph", "fine.py", "--output", "g.jpeg", cwd=folder)
    assert done.returncode == 2 and "g.jpeg: give a --format, or one of" in done.stderr
    assert draw(folder, "fine.py", "--output", "g.jpeg", "--format", "svg") == ""
    assert (folder / "g.jpeg").read_text(encoding="utf-8").startswith("<svg ")


def test_a_dash_is_the_terminal(folder: Path) -> None:
    assert draw(folder, "fine.py", "--output", "-").startswith("flowchart")
    assert not (folder / "-").exists()


def test_nothing_to_draw(folder: Path) -> None:
    (folder / "empty.py").write_text("import keras\n")
    for arguments in (["empty.py"], ["fine.py", "--model", "other"]):
        done = kerasmergelint("graph", *arguments, cwd=folder)
        assert (done.returncode, done.stdout) == (2, "") and "no model" in done.stderr


def test_an_expression(folder: Path) -> None:
    (folder / "make.py").write_text(
        "import keras\n\n\ndef make(n):\n    x = keras.Input((4,))\n"
        "    return keras.Model(x, keras.layers.Dense(n)(x))\n\n\nfirst = make(2)\n"
    )
    drawn = draw(folder, "make.py::make(7)")
    assert "(None, 7)" in drawn and "(None, 2)" not in drawn


# -- pictures --------------------------------------------------------------------------------


def test_a_picture_is_valid_and_loads_nothing(folder: Path) -> None:
    text = draw(folder, "broken.py", "--format", "html")
    assert re.search("<li>line 10: Add: axis . differs: 28 and 26</li>", text)
    picture = ET.fromstring(text[text.index("<svg") : text.index("</svg>") + 6])
    assert len(picture.findall(".//{*}rect")) == 6
    assert not re.search(r"(?:src|href)=|url\((?!#)|@import|<script [^>]*src|fetch\(", text)


def overlaps(graph: Graph, widths: dict[int, float]) -> bool:
    layout = lay_out(graph, widths)
    for layer in layout.layers:
        for left, right in pairwise(layer):
            if left.x + left.width / 2 > right.x - right.width / 2 + 1e-6:
                return True
    return False


def test_boxes_never_overlap_and_arrows_go_down() -> None:
    import random

    for seed in range(30):
        dice = random.Random(seed)
        count = dice.randrange(1, 40)
        graph = Graph([Box(key, f"layer_{key}", "Dense", "(None, 3)") for key in range(count)])
        for target in range(1, count):
            for source in {dice.randrange(target) for _ in range(dice.randrange(3))}:
                graph.arrows.append(Arrow(source, target))
        widths = {key: dice.uniform(20, 300) for key in range(count)}
        assert not overlaps(graph, widths)
        layout = lay_out(graph, widths)
        for way in layout.ways:
            assert [slot.layer for slot in way] == list(
                range(way[0].layer, way[0].layer + len(way))
            )


def test_a_large_model_is_drawn_in_time(folder: Path) -> None:
    (folder / "large.py").write_text(
        "import keras\nmodel = keras.applications.DenseNet121(weights=None)\n"
    )
    draw(folder, "large.py", "--output", "large.svg")
    assert (folder / "large.svg").read_text(encoding="utf-8").count("<rect") > 400


# -- a browser -------------------------------------------------------------------------------

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-default-apps", "--disable-extensions", "--force-device-scale-factor=1",
)  # fmt: skip


def photograph(page: Path, picture: Path) -> None:
    if CHROMIUM is None and not os.environ.get("CI"):
        pytest.skip("Chromium is not installed")
    assert CHROMIUM is not None, "in CI, Chromium must be there"
    subprocess.run(
        [CHROMIUM, *FLAGS, f"--user-data-dir={picture.parent / 'profile'}",
         "--window-size=1000,900", f"--screenshot={picture}", page.as_uri()],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip


def share_of_red(picture: Path) -> float:
    from PIL import Image

    with Image.open(picture) as image:
        assert image.size == (1000, 900)
        content = image.convert("RGB").tobytes()
    pixels = list(zip(content[0::3], content[1::3], content[2::3]))
    return sum(red > 180 and green < 70 and blue < 80 for red, green, blue in pixels) / len(pixels)


@pytest.mark.browser
def test_the_page_in_a_browser(folder: Path, tmp_path: Path) -> None:
    shares = {}
    for name in ("broken", "fine"):
        draw(folder, f"{name}.py", "--output", f"{name}.html")
        photograph(folder / f"{name}.html", tmp_path / f"{name}.png")
        shares[name] = share_of_red(tmp_path / f"{name}.png")
    # The merge is a red box with its reason in it, some 200 by 60 pixels of these.
    assert 0.008 < shares["broken"] < 0.1
    assert shares["fine"] == 0


def titles(part: Box | Fold) -> object:
    """A fold as a dict of its title and what it holds; a box as its name."""
    return part.name if isinstance(part, Box) else {part.title: list(map(titles, part.parts))}


def boxes(*names: str, within: tuple[tuple[str, int], ...] = ()) -> list[Box]:
    return [Box(0, name, "Conv2D", "", within=within) for name in names]


def folds_of(parts: list[Box]) -> list[object]:
    """The folds of a chain of boxes."""
    for key, box in enumerate(parts):
        box.key = key
    arrows = [Arrow(key - 1, key) for key in range(1, len(parts))]
    return list(map(titles, folded(Graph(parts, arrows)).parts))


def test_the_layers_of_a_helper_fold_into_one_box() -> None:
    block = boxes("a", "b", within=(("block", 1),))
    assert folds_of([*boxes("in"), *block, *boxes("out")]) == ["in", {"block": ["a", "b"]}, "out"]


def test_blocks_that_are_repeated_fold_together() -> None:
    blocks = [box for call in range(3) for box in boxes("a", "b", within=(("block", call),))]
    assert folds_of([*boxes("in"), *blocks]) == [
        "in", {"3 times block": [{"block": ["a", "b"]}] * 3}
    ]  # fmt: skip


def test_names_that_begin_alike_fold_where_no_helper_is_seen() -> None:
    names = [f"conv2_{part}" for part in ("pad", "conv", "bn")]
    assert folds_of(boxes("in", *names, "out")) == ["in", {"conv2": names}, "out"]
    automatic = ["conv2d_1", "conv2d_2", "conv2d_3"]
    assert folds_of(boxes("in", *automatic)) == ["in", *automatic]


def test_a_fold_by_names_goes_on_with_the_next_word() -> None:
    inner = [f"conv2_block1_{part}" for part in ("1_pad", "1_conv", "1_bn", "add", "norm", "out")]
    other = [f"conv2_block2_{part}" for part in ("pad", "conv", "bn")]
    assert folds_of(boxes("in", *inner, *other)) == [
        "in",
        {"conv2": [{"conv2_block1": [{"conv2_block1_1": inner[:3]}, *inner[3:]]}, {"conv2_block2": other}]},
    ]  # fmt: skip


def test_a_fold_never_holds_both_ends_of_a_way_around_it() -> None:
    parts = boxes("s_1_a", "between", "s_1_b", "s_1_c")
    for key, box in enumerate(parts):
        box.key = key
    graph = Graph([parts[0], parts[2], parts[3], parts[1]], [Arrow(0, 1), Arrow(1, 3), Arrow(0, 2)])
    assert list(map(titles, folded(graph).parts)) == ["s_1_a", "s_1_b", "s_1_c", "between"]


# Looks at the page as a user does, and tells in its title what it saw.
LOOK = """
const seen = [];
seen.push(shown(DATA.root).length);
all(true); seen.push(shown(DATA.root).length);
all(false); seen.push(shown(DATA.root).length);
search.value = "b_2"; look(); seen.push(found.textContent, drawn.has(hits[0].id));
drawn.get(hits[0].id).frame.dispatchEvent(new PointerEvent("pointermove", {clientX: 5, clientY: 5}));
seen.push(tip.textContent, tip.hidden);
fit(); seen.push(tip.hidden);
const bar = [...document.querySelectorAll(".title")].find(one => one.textContent.endsWith("8 times block"));
const at = bar.getBoundingClientRect();  // in its middle, where an arrow comes in
const hit = document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2);
hit.dispatchEvent(new MouseEvent("click", {bubbles: true}));
seen.push(shown(DATA.root).length);
const before = view.zoom; zoomAt(9, 9, 2); seen.push(view.zoom / before);
svg.dispatchEvent(new PointerEvent("pointerdown", {clientX: 10, clientY: 10}));
const x = view.x; dispatchEvent(new PointerEvent("pointermove", {clientX: 60, clientY: 10}));
seen.push(view.x - x);
document.title = JSON.stringify(seen);
"""
BLOCKS = """
import keras
def block(x, name):
    x = keras.layers.Dense(8, name=name + "_1")(x)
    return keras.layers.Dense(8, name=name + "_2")(x)
x = inputs = keras.Input((4,))
for name in "abcdefgh":
    x = block(x, name)
x = keras.layers.Dense(1)(x)
model = keras.Model(inputs, x)
"""


@pytest.mark.browser
def test_a_user_can_look_around(folder: Path, tmp_path: Path) -> None:
    if CHROMIUM is None and not os.environ.get("CI"):
        pytest.skip("Chromium is not installed")
    (folder / "blocks.py").write_text(BLOCKS)
    draw(folder, "blocks.py", "--output", "g.html")
    page = folder / "g.html"
    page.write_text(page.read_text().replace("</script>\n</body>", LOOK + "</script>\n</body>"))
    done = subprocess.run(
        [str(CHROMIUM), *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", page.as_uri()],
        check=True, capture_output=True, text=True, timeout=180,
    )  # fmt: skip
    title = html.unescape(re.search("<title>(.*?)</title>", done.stdout)[1])
    first, opened, shut, found, is_drawn, told, hidden, *later, zoomed, moved = json.loads(title)
    assert (first, opened, shut) == (10, 18, 3)
    assert (found, is_drawn) == ("1 of 1", True)
    assert told.splitlines() == [
        "b_2 (Dense)", "(None, 8)", "72 parameters", "line 5",
        'return keras.layers.Dense(8, name=name + "_2")(x)',
    ]  # fmt: skip
    # What was told goes when the picture moves; a click on a title folds.
    assert not hidden and later == [True, shut]
    assert (zoomed, moved) == (2, 50)
