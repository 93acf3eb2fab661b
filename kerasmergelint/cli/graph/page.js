"use strict";
// The data: parts are boxes (with a key) and folds (with parts); arrows lead from key to key.
const DATA = JSON.parse(document.getElementById("graph").textContent);
const FEW = 12, CHAR = 7.9, LINE = 17, PAD = 12, GAP = 28, LAYER = 40, PORT = 16, FRAME = 14, BAR = 26, LONGEST = 46;
const byKey = new Map(), folds = [];

(function prepare(part, parent) {
  part.parent = parent;
  if (part.parts) {
    part.id = "f" + folds.length;
    folds.push(part);
    part.isOpen = !parent;
    part.layers = part.shows = 0;
    part.parts.forEach(inner => prepare(inner, part));
    for (const inner of part.parts) {
      part.layers += inner.parts ? inner.layers : 1;
      part.isBroken = part.isBroken || inner.isBroken || inner.kind === "broken" || inner.kind === "path";
      part.isHot = part.isHot || inner.isHot || inner.kind === "broken";
    }
  } else {
    part.id = "b" + part.key;
    byKey.set(part.key, part);
  }
})(DATA.root, null);

// The shapes that leave a fold, if they are few.
for (const fold of folds) fold.gives = [];
for (const [source, target] of DATA.arrows) {
  const around = new Set();
  for (let fold = byKey.get(target).parent; fold; fold = fold.parent) around.add(fold);
  const {shape, parent} = byKey.get(source);
  for (let fold = parent; !around.has(fold); fold = fold.parent) if (!fold.gives.includes(shape)) fold.gives.push(shape);
}
for (const fold of folds) if (fold.gives.length > 2) fold.gives = [`${fold.gives.length} shapes`];

// -- what is open ----------------------------------------------------------------------------

function shown(part) {
  return part.parts && part.isOpen ? part.parts.flatMap(shown) : [part];
}

// Opens what holds a break, and then the largest blocks while few boxes are shown; equals together.
function openAtFirst() {
  for (const fold of folds) if (fold.isHot) fold.isOpen = true;
  for (;;) {
    const equal = new Map();
    const now = shown(DATA.root);
    for (const fold of now.filter(part => part.parts)) equal.set(fold.title, [...(equal.get(fold.title) || []), fold]);
    const sum = (some, of) => some.reduce((total, fold) => total + of(fold), 0);
    const next = [...equal.values()].sort((a, b) => sum(b, fold => fold.layers) - sum(a, fold => fold.layers))[0];
    if (!next || now.length + sum(next, fold => fold.parts.length - 1) > FEW) return;
    for (const fold of next) fold.isOpen = true;
  }
}

function openTo(part) {
  for (let fold = part.parent; fold; fold = fold.parent) fold.isOpen = true;
}

// -- the layout of one level: layers from top to bottom, few crossings, short arrows ----------

function layOut(items, edges) {
  const slots = items.map(item => ({item, w: item.w, h: item.h, above: [], below: [], depth: 0}));
  depths(slots, edges);
  const layers = [];
  const put = slot => (layers[slot.depth] = layers[slot.depth] || []).push(slot);
  slots.forEach(put);
  const ways = edges.map(edge => {
    const way = [slots[edge.from]];
    for (let depth = slots[edge.from].depth + 1; depth < slots[edge.to].depth; depth++) {
      const slot = {w: 10, h: 0, above: [], below: [], depth};
      put(slot);
      way.push(slot);
    }
    way.push(slots[edge.to]);
    for (let i = 1; i < way.length; i++) {
      way[i - 1].below.push(way[i]);
      way[i].above.push(way[i - 1]);
    }
    return way;
  });
  for (let sweep = 0; sweep < 8; sweep++) order(layers, sweep % 2 === 0);
  for (const layer of layers) settle(layer, layer.map(() => 0));
  for (let sweep = 0; sweep < 10; sweep++) {
    const down = sweep % 2 === 0;
    for (const layer of down ? layers : [...layers].reverse()) settle(layer, layer.map(slot => wanted(slot, down)));
  }
  const all = layers.flat();
  const left = Math.min(0, ...all.map(slot => slot.x - slot.w / 2));
  let y = 0, above = null;
  for (const layer of layers) {
    const tall = Math.max(0, ...layer.map(slot => slot.h));
    if (above !== null) y += above && tall ? LAYER : PORT;  // only ports have no height
    above = tall;
    for (const slot of layer) { slot.x -= left; slot.top = y; slot.tall = tall; }
    y += tall;
  }
  return {slots, ways, w: Math.max(0, ...all.map(slot => slot.x + slot.w / 2)), h: y};
}

function depths(slots, edges) {
  const into = slots.map(() => 0), out = slots.map(() => []);
  for (const {from, to} of edges) { into[to]++; out[from].push(to); }
  const ready = slots.map((_, i) => i).filter(i => !into[i]);
  while (ready.length) {
    const i = ready.pop();
    for (const to of out[i]) {
      slots[to].depth = Math.max(slots[to].depth, slots[i].depth + 1);
      if (--into[to] === 0) ready.push(to);
    }
  }
  const targets = new Set(edges.map(edge => edge.to));
  slots.forEach((slot, i) => {  // what has no inputs stands right above its first use
    if (!targets.has(i) && out[i].length) slot.depth = Math.min(...out[i].map(to => slots[to].depth)) - 1;
  });
}

function order(layers, down) {
  for (const layer of down ? layers : [...layers].reverse()) {
    const place = new Map();
    for (const near of [layers[layer[0].depth + (down ? -1 : 1)] || [], layer]) near.forEach((slot, i) => place.set(slot, i));
    const mean = new Map(layer.map(slot => {
      const near = down ? slot.above : slot.below;
      return [slot, near.length ? near.reduce((sum, other) => sum + place.get(other), 0) / near.length : place.get(slot)];
    }));
    layer.sort((a, b) => mean.get(a) - mean.get(b));
  }
}

function wanted(slot, down) {
  const near = [down ? slot.above : slot.below, slot.above, slot.below].find(some => some.length);
  return near ? near.reduce((sum, other) => sum + other.x, 0) / near.length : slot.x;
}

// Where slots want to be, as far as their order and the gaps allow: an isotonic regression.
function settle(layer, wishes) {
  const offsets = [];
  layer.forEach((slot, i) => offsets.push(i ? offsets[i - 1] + (layer[i - 1].w + slot.w) / 2 + GAP : 0));
  const blocks = [];
  wishes.forEach((wish, i) => {
    let block = {sum: wish - offsets[i], count: 1};
    while (blocks.length && blocks[blocks.length - 1].sum / blocks[blocks.length - 1].count >= block.sum / block.count) {
      const before = blocks.pop();
      block = {sum: block.sum + before.sum, count: block.count + before.count};
    }
    blocks.push(block);
  });
  let i = 0;
  for (const {sum, count} of blocks) for (let n = 0; n < count; n++, i++) layer[i].x = sum / count + offsets[i];
}

// -- folds inside folds: each is laid out alone, with a port where arrows come in and one where they leave --

function cut(text) { return text.length <= LONGEST ? text : text.slice(0, LONGEST - 1) + "…"; }

function lines(part) {
  if (part.parts) return [`+ ${part.title}`, `${part.layers} layers`, ...part.gives];
  const head = part.name === part.type ? part.name : `${part.name} (${part.type})`;
  return [head, part.shape, ...(part.kind === "broken" ? [part.place] : [])];
}

function measure(part) {
  const text = lines(part).map(cut);
  return {part, text, w: Math.max(...text.map(line => line.length)) * CHAR + 2 * PAD, h: text.length * LINE + PAD};
}

function inside(fold) {  // the arrows between the parts of a fold, and to its ports
  const from = [], to = [], between = new Map();
  const add = (a, b, red) => {
    const key = `${a}>${b}`;
    between.set(key, {a, b, red: red || (between.has(key) && between.get(key).red)});
  };
  const holder = key => {
    let part = byKey.get(key);
    while (part && part.parent !== fold) part = part.parent;
    return part ? fold.parts.indexOf(part) : -1;
  };
  for (const [source, target, red] of DATA.arrows) {
    const a = holder(source), b = holder(target);
    if (a < 0 && b < 0 || a === b) continue;
    add(a < 0 ? "in" : a, b < 0 ? "out" : b, red);
  }
  return [...between.values()];
}

function place(fold) {
  const items = fold.parts.map(part => part.parts && part.isOpen ? place(part) : measure(part));
  const arrows = inside(fold);
  const port = name => {
    if (!arrows.some(arrow => arrow.a === name || arrow.b === name)) return -1;
    return items.push({port: name, w: 2, h: 0}) - 1;
  };
  const ports = {in: port("in"), out: port("out")};
  const edges = arrows.map(({a, b, red}) => ({from: a === "in" ? ports.in : a, to: b === "out" ? ports.out : b, red}));
  const laid = layOut(items, edges);
  const bar = fold.parent ? BAR : 0, side = fold.parent ? FRAME : 0;
  const title = fold.parent ? (fold.title.length + 4) * CHAR : 0;
  return {fold, laid, edges, w: Math.max(laid.w + 2 * side, title + 2 * side), h: laid.h + bar + 2 * side, bar, side};
}

// -- drawing -----------------------------------------------------------------------------------

const NS = "http://www.w3.org/2000/svg";
function make(name, attributes, parent) {
  const element = document.createElementNS(NS, name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  if (parent) parent.append(element);
  return element;
}

const canvas = document.getElementById("canvas");
canvas.textContent = "";
const svg = make("svg", {}, canvas);
const world = make("g", {}, svg);
let size = {w: 1, h: 1}, isFitted = true, view = {x: 0, y: 0, zoom: 1}, drawn = new Map();

function draw() {
  world.textContent = "";
  tip.hidden = true;
  drawn = new Map();
  const heads = make("defs", {}, world);
  for (const red of ["", "red"]) {
    const marker = make("marker", {id: "head" + red, class: red, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 9,
      markerHeight: 9, markerUnits: "userSpaceOnUse", orient: "auto"}, heads);
    make("path", {d: "M0,0 8,4 0,8z"}, marker);
  }
  const whole = place(DATA.root);
  size = {w: whole.w, h: whole.h};
  drawFold(whole, 0, 0);
  const count = shown(DATA.root).length;
  document.getElementById("count").textContent =
    `${DATA.root.layers} layers` + (count < DATA.root.layers ? `, ${count} boxes shown` : "");
  mark();
}

function drawFold(box, x, y) {
  const {fold, laid, edges} = box;
  if (fold.parent) {
    const frame = make("g", {class: "frame"}, world);
    make("rect", {x, y, width: box.w, height: box.h, rx: 8}, frame);
    drawn.set(fold.id, {frame, x, y, w: box.w, h: box.h});
  }
  const dx = x + box.side + (box.w - 2 * box.side - laid.w) / 2, dy = y + box.bar + box.side;
  laid.ways.forEach((way, i) => {
    const red = edges[i].red ? "red" : "", end = way[way.length - 1];
    const headless = end.item && end.item.port;
    const d = curve(way, dx, dy, box, y);
    make("path", {d, class: red, ...(headless ? {} : {"marker-end": `url(#head${red})`})}, world);
  });
  for (const slot of laid.slots) {
    const left = dx + slot.x - slot.w / 2, top = dy + slot.top;
    if (slot.item.fold) drawFold(slot.item, left, top);
    else if (slot.item.part) drawBox(slot.item, left, top);
  }
  if (fold.parent) drawTitle(box, x, y);  // over the arrow that comes in
}

function drawTitle({fold, w}, x, y) {
  const title = make("g", {class: "title"}, world);
  make("rect", {x, y, width: w, height: BAR, rx: 8, style: "fill:transparent;stroke:none"}, title);
  make("text", {x: x + 10, y: y + 18, class: "name"}, title).textContent = "− " + fold.title;
  on(title, fold, () => toggle(fold));
}

function curve(way, dx, dy, box, edge) {
  const first = way[0], start = first.item && first.item.port ? edge : dy + first.top + first.h;
  let x = dx + first.x, y = start, d = `M${x},${y}`;
  for (const slot of way.slice(1)) {
    const isEnd = slot === way[way.length - 1], isPort = isEnd && slot.item.port;
    const to = isPort ? edge + box.h : dy + slot.top - (isEnd ? 2 : 0), middle = (y + to) / 2, sx = dx + slot.x;
    d += ` C${x},${middle} ${sx},${middle} ${sx},${to}`;
    x = sx; y = to;
    if (!isEnd) { y = dy + slot.top + slot.tall; d += ` L${x},${y}`; }
  }
  return d;
}

function drawBox({part, text, w, h}, x, y) {
  const kind = part.parts ? "fold" + (part.isBroken ? " path" : "") : part.kind;
  const group = make("g", {class: kind}, world);
  if (part.parts) make("rect", {class: "under", x: x + 4, y: y + 4, width: w, height: h, rx: 6}, group);
  make("rect", {x, y, width: w, height: h, rx: 6}, group);
  text.forEach((line, i) => {
    const where = {x: x + w / 2, y: y + PAD / 2 + (i + .75) * LINE, class: i ? "small" : "name"};
    make("text", where, group).textContent = line;
  });
  on(group, part, part.parts ? () => toggle(part) : null);
  drawn.set(part.id, {frame: group, x, y, w, h});
}

// -- looking around ----------------------------------------------------------------------------

function show(fitted = false) {
  isFitted = fitted;
  tip.hidden = true;  // what it tells of has moved
  world.setAttribute("transform", `translate(${view.x},${view.y}) scale(${view.zoom})`);
}

function fit() {
  const {width, height} = canvas.getBoundingClientRect();
  const zoom = Math.min(1.25, (width - 40) / size.w, (height - 40) / size.h);
  view.zoom = Math.max(zoom, .02);
  view.x = (width - size.w * view.zoom) / 2;
  view.y = Math.max(20, (height - size.h * view.zoom) / 2);
  show(true);
}

function zoomAt(x, y, factor) {
  const zoom = Math.min(4, Math.max(.02, view.zoom * factor)), by = zoom / view.zoom;
  view = {x: x - (x - view.x) * by, y: y - (y - view.y) * by, zoom};
  show();
}

function centre(id) {
  const at = drawn.get(id), {width, height} = canvas.getBoundingClientRect();
  if (!at) return;
  view.zoom = Math.max(view.zoom, .8);
  view.x = width / 2 - (at.x + at.w / 2) * view.zoom;
  view.y = height / 2 - (at.y + at.h / 2) * view.zoom;
  show();
}

function toggle(fold) {
  const before = drawn.get(fold.id), x = view.x + before.x * view.zoom, y = view.y + before.y * view.zoom;
  fold.isOpen = !fold.isOpen;
  draw();
  const after = drawn.get(fold.id);  // it stays under the pointer
  view.x = x - after.x * view.zoom;
  view.y = y - after.y * view.zoom;
  show();
}

function all(open) {
  for (const fold of folds) fold.isOpen = open || !fold.parent;
  draw();
  fit();
}

let dragged = null, moved = false;
svg.addEventListener("pointerdown", event => {
  dragged = {x: event.clientX - view.x, y: event.clientY - view.y, from: [event.clientX, event.clientY]};
  moved = false;
});
addEventListener("pointermove", event => {
  if (!dragged) return;
  moved = moved || Math.hypot(event.clientX - dragged.from[0], event.clientY - dragged.from[1]) > 4;
  if (!moved) return;
  svg.classList.add("dragged");
  view.x = event.clientX - dragged.x;
  view.y = event.clientY - dragged.y;
  show();
});
addEventListener("pointerup", () => { dragged = null; svg.classList.remove("dragged"); });
svg.addEventListener("wheel", event => {
  event.preventDefault();
  const at = canvas.getBoundingClientRect();
  zoomAt(event.clientX - at.left, event.clientY - at.top, Math.exp(-event.deltaY / 500));
}, {passive: false});

// -- what a box tells ---------------------------------------------------------------------------

const tip = document.getElementById("tip");
function told(part) {
  if (part.parts) return `${part.title}\n${part.layers} layers; click to ${part.isOpen ? "fold" : "open"}`;
  const parameters = part.parameters ? `${part.parameters} parameters` : "";
  const head = part.name === part.type ? part.name : `${part.name} (${part.type})`;
  return [head, part.shape, parameters, part.place].filter(Boolean).join("\n");
}

function on(element, part, click) {
  element.addEventListener("pointermove", event => {
    tip.textContent = told(part);
    if (part.code) tip.append("\n", Object.assign(document.createElement("code"), {textContent: part.code}));
    tip.hidden = !!dragged;
    tip.style.left = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8) + "px";
    tip.style.top = Math.min(event.clientY + 14, innerHeight - tip.offsetHeight - 8) + "px";
  });
  element.addEventListener("pointerleave", () => { tip.hidden = true; });
  if (click) element.addEventListener("click", () => { if (!moved) click(); });
}

// -- search -----------------------------------------------------------------------------------

const search = document.getElementById("search"), found = document.getElementById("found");
let hits = [], current = 0;

function matches(part, words) {
  return words.every(word => `${part.name} ${part.type} ${part.shape} ${part.place}`.toLowerCase().includes(word));
}

function look() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  hits = words.length ? [...byKey.values()].filter(part => matches(part, words)) : [];
  current = 0;
  found.textContent = words.length ? (hits.length ? `1 of ${hits.length}` : "nothing found") : "";
  go();
}

function go() {
  if (hits.length) {
    openTo(hits[current]);
    found.textContent = `${current + 1} of ${hits.length}`;
  }
  draw();
  if (hits.length) centre(hits[current].id);
}

function mark() {
  hits.forEach((part, i) => {
    const at = drawn.get(part.id);
    if (at && i === current) at.frame.classList.add("hit");
  });
}

search.addEventListener("input", look);
search.addEventListener("keydown", event => {
  if (event.key === "Enter" && hits.length) {
    current = (current + (event.shiftKey ? hits.length - 1 : 1)) % hits.length;
    go();
  } else if (event.key === "Escape") {
    search.value = "";
    look();
    search.blur();
  }
});
addEventListener("keydown", event => {
  if (event.target === search) return;
  const middle = [canvas.clientWidth / 2, canvas.clientHeight / 2];
  const keys = {"/": () => search.focus(), "+": () => zoomAt(...middle, 1.3), "-": () => zoomAt(...middle, 1 / 1.3), "0": fit};
  if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
});
const button = (id, act) => document.getElementById(id).addEventListener("click", act);
button("in", () => zoomAt(canvas.clientWidth / 2, canvas.clientHeight / 2, 1.3));
button("out", () => zoomAt(canvas.clientWidth / 2, canvas.clientHeight / 2, 1 / 1.3));
button("fit", fit);
button("open", () => all(true));
button("fold", () => all(false));

openAtFirst();
draw();
fit();
addEventListener("resize", () => { if (isFitted) fit(); });
