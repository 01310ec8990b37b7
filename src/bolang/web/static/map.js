"use strict";
// The map of all counties on a canvas: shapes once, colours as often as asked. Kilometres of an equal-area projection are
// the coordinates; north is up, so that y is turned.
(() => {
  const box = document.getElementById("map");
  if (!box) return;
  const by = (id) => document.getElementById(id);
  const tip = by("map-tip"), select = by("by"), hide = by("hide");
  const BLANK = "#ffffff", SEA = "#f7fafc", FRAME = [-2640, -2760, 2230, 1640], UNSURE = 0.62, DEEPEST = 16;
  const canvases = ["ground", "net", "above"].map(() => document.createElement("canvas"));
  box.prepend(...canvases);
  const [pen, ruler, marker] = canvases.map((canvas, i) => canvas.getContext("2d", { alpha: i > 0 }));
  const view = { scale: 1, x: 0, y: 0, fitted: 1 };
  let units = [], boxes, borders, outlines, lines, data = null, codes = [], batches = [], hovered = -1;

  const trace = (path, steps, grid) => {
    let x = steps[0] * grid, y = -steps[1] * grid;
    path.moveTo(x, y);
    for (let i = 2; i < steps.length; i += 2) path.lineTo(x += steps[i] * grid, y -= steps[i + 1] * grid);
    return path;
  };
  const edges = (rings, grid) => {
    let west = Infinity, north = Infinity, east = -Infinity, south = -Infinity;
    for (const steps of rings) {
      let x = 0, y = 0;
      for (let i = 0; i < steps.length; i += 2) {
        x += steps[i] * grid; y -= steps[i + 1] * grid;
        if (x < west) west = x; if (x > east) east = x;
        if (y < north) north = y; if (y > south) south = y;
      }
    }
    return [west, north, east, south];
  };

  const build = (shapes) => {
    const grid = shapes.grid;
    codes = shapes.codes;
    borders = new Path2D();
    units = shapes.units.map((rings) => {
      const path = new Path2D();
      for (const steps of rings) { trace(path, steps, grid); path.closePath(); }
      return path;
    });
    for (const path of units) borders.addPath(path);
    boxes = shapes.units.map((rings) => edges(rings, grid));
    outlines = new Path2D();
    for (const rings of shapes.outlines) for (const steps of rings) { trace(outlines, steps, grid); outlines.closePath(); }
    lines = new Path2D();
    for (const kind of Object.values(shapes.lines)) for (const steps of kind) trace(lines, steps, grid);
  };

  const group = () => {
    const found = new Map();
    data.kind.forEach((kind, i) => {
      const unsure = data.unsure[i], known = kind < 0 || (hide.checked && unsure) ? BLANK : data.legend[kind][0];
      const fill = unsure ? lighter(known) : known;
      if (!found.has(fill)) found.set(fill, new Path2D());
      found.get(fill).addPath(units[i]);
    });
    batches = [...found];
  };
  const lighter = (fill) => "#" + [1, 3, 5].map((k) => Math.round(255 - UNSURE * (255 - parseInt(fill.slice(k, k + 2), 16))).toString(16).padStart(2, "0")).join("");

  const density = () => Math.min(window.devicePixelRatio || 1, 2);
  const place = (context) => context.setTransform(density() * view.scale, 0, 0, density() * view.scale, density() * view.x, density() * view.y);
  const clear = (context) => {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  };
  const fills = () => {
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.fillStyle = SEA;
    pen.fillRect(0, 0, pen.canvas.width, pen.canvas.height);
    place(pen);
    pen.fillStyle = "#e9edf1";
    pen.fill(outlines);
    for (const [fill, path] of batches) { pen.fillStyle = fill; pen.fill(path, "evenodd"); }
  };
  const rules = () => {
    clear(ruler);
    place(ruler);
    const stroke = (path, colour, pixels) => { ruler.strokeStyle = colour; ruler.lineWidth = pixels / view.scale; ruler.stroke(path); };
    stroke(borders, BLANK, 0.35 * Math.min(view.scale / view.fitted, 3));
    stroke(outlines, "#56616c", 0.8);
    stroke(lines, "#1f2933", 1.6);
  };
  const draw = () => { fills(); rules(); mark(); };
  const mark = () => {
    clear(marker);
    if (hovered < 0) return;
    place(marker);
    marker.strokeStyle = "#c8641e";
    marker.lineWidth = 2 / view.scale;
    marker.stroke(units[hovered]);
  };
  let asked = 0;
  const soon = () => { if (!asked) asked = requestAnimationFrame(() => { asked = 0; draw(); }); };

  const fit = () => {
    for (const canvas of canvases) {
      canvas.width = Math.round(box.clientWidth * density());
      canvas.height = Math.round(box.clientHeight * density());
    }
    const [west, north, east, south] = FRAME;
    view.fitted = Math.min(box.clientWidth / (east - west), box.clientHeight / (south - north));
  };
  const home = () => {
    const [west, north, east, south] = FRAME;
    view.scale = view.fitted;
    view.x = (box.clientWidth - (east + west) * view.scale) / 2;
    view.y = (box.clientHeight - (south + north) * view.scale) / 2;
  };
  const zoom = (factor, x = box.clientWidth / 2, y = box.clientHeight / 2) => {
    const wanted = Math.max(view.fitted * 0.8, Math.min(view.fitted * DEEPEST, view.scale * factor));
    view.x = x - (x - view.x) * wanted / view.scale;
    view.y = y - (y - view.y) * wanted / view.scale;
    view.scale = wanted;
    soon();
  };
  const pan = (x, y) => { view.x += x; view.y += y; soon(); };

  const under = (event) => {
    const frame = box.getBoundingClientRect();
    const x = (event.clientX - frame.left - box.clientLeft - view.x) / view.scale, y = (event.clientY - frame.top - box.clientTop - view.y) / view.scale;
    marker.setTransform(1, 0, 0, 1, 0, 0);
    for (let i = 0; i < units.length; i++) {
      const [west, north, east, south] = boxes[i];
      if (x >= west && x <= east && y >= north && y <= south && marker.isPointInPath(units[i], x, y, "evenodd")) return i;
    }
    return -1;
  };
  const show = (i) => {
    if (i === hovered) return;
    hovered = i;
    tip.textContent = i < 0 || !data ? "" : `${data.names[i]} ${data.shown[i]}`;
    box.style.cursor = i < 0 ? "grab" : "pointer";
    mark();
  };
  const open = (i) => {
    const there = new URL(box.dataset.county, location.href);
    there.pathname = there.pathname.replace(/\/c\/$/, `/c/${codes[i]}`);
    location.href = there;
  };

  const fingers = new Map();
  let moved = 0;
  box.addEventListener("pointerdown", (event) => {
    if (event.target.closest("button")) return;
    fingers.set(event.pointerId, event);
    moved = 0;
  });
  box.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) { show(under(event)); return; }
    const x = event.clientX - before.clientX, y = event.clientY - before.clientY;
    if (fingers.size === 1 && event.pointerType === "mouse") pan(x, y);
    if (fingers.size === 2) {
      const other = [...fingers.values()].find((finger) => finger.pointerId !== event.pointerId);
      const apart = (finger) => Math.hypot(finger.clientX - other.clientX, finger.clientY - other.clientY);
      const frame = box.getBoundingClientRect();
      pan(x / 2, y / 2);
      zoom(apart(event) / Math.max(apart(before), 1), (event.clientX + other.clientX) / 2 - frame.left, (event.clientY + other.clientY) / 2 - frame.top);
    }
    moved += Math.abs(x) + Math.abs(y);
    fingers.set(event.pointerId, event);
  });
  const lift = (event) => fingers.delete(event.pointerId);
  window.addEventListener("pointerup", lift);
  window.addEventListener("pointercancel", lift);
  box.addEventListener("pointerleave", () => show(-1));
  box.addEventListener("click", (event) => {
    if (event.target.closest("button") || moved > 6) return;
    const i = under(event);
    if (i < 0) return;
    if (event.pointerType === "touch" && i !== hovered) { show(i); return; } // the first touch tells, the second opens
    open(i);
  });
  box.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && document.activeElement !== box) return;
    event.preventDefault();
    const frame = box.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY / 300), event.clientX - frame.left, event.clientY - frame.top);
  }, { passive: false });
  box.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
    if (step) pan(...step);
    else if (event.key === "+" || event.key === "=") zoom(1.5);
    else if (event.key === "-") zoom(1 / 1.5);
    else if (event.key === "0") { home(); soon(); }
    else return;
    event.preventDefault();
  });
  by("map-in").addEventListener("click", () => zoom(1.6));
  by("map-out").addEventListener("click", () => zoom(1 / 1.6));
  by("map-all").addEventListener("click", () => { home(); soon(); });
  new ResizeObserver(() => { if (units.length) { const whole = view.scale === view.fitted; fit(); if (whole) home(); soon(); } }).observe(box);

  const paint = () => {
    if (!data || !units.length) return;
    group();
    if (box.dataset.painted) fills(); else draw();
    by("map-title").textContent = data.title;
    by("map-source").textContent = data.source + " ";
    by("legend").replaceChildren(...data.legend.map(([fill, words]) => {
      const item = document.createElement("li");
      item.innerHTML = '<svg viewBox="0 0 11 9" aria-hidden="true"><rect width="11" height="9" stroke="#888"></rect></svg>';
      item.querySelector("rect").setAttribute("fill", fill);
      item.append(words);
      return item;
    }));
    box.dataset.painted = data.title;
  };

  const address = () => {
    const there = new URL(box.dataset.values, location.href);
    there.searchParams.set("by", select.value);
    if (box.dataset.year) there.searchParams.set("year", box.dataset.year);
    return there;
  };
  const load = async (first) => {
    const answer = await fetch(typeof first === "string" ? first : address());
    if (!answer.ok) { tip.textContent = String(answer.status); return; }
    data = await answer.json();
    paint();
    relink();
  };
  const relink = () => {
    const set = (link, change) => { const there = new URL(link.href); change(there.searchParams); link.href = there; };
    const hidden = (query) => { if (hide.checked) query.set("hide", "unsure"); else query.delete("hide"); };
    for (const id of ["map-svg", "map-png"]) set(by(id), (query) => { query.set("by", select.value); hidden(query); });
    if (select.value !== "type") set(by("map-table"), (query) => query.set("by", select.value));
    if (!location.pathname.endsWith("/map")) return;
    const own = new URL(location.href);
    own.searchParams.set("by", select.value);
    hidden(own.searchParams);
    history.replaceState(null, "", own);
    document.querySelector("h1").textContent = data.title;
  };

  const inset = (shapes) => {
    const [west, south, east, north] = shapes.sea;
    const canvas = by("sea-canvas"), frame = canvas.getContext("2d"), ratio = density();
    canvas.width = canvas.clientWidth * ratio;
    canvas.height = canvas.clientHeight * ratio;
    const scale = Math.max(canvas.width / (east - west), canvas.height / (north - south));
    frame.setTransform(scale, 0, 0, scale, canvas.width / 2 - (west + east) / 2 * scale, canvas.height / 2 + (south + north) / 2 * scale);
    frame.fillStyle = "#e6ebf0";
    frame.fill(outlines);
    frame.strokeStyle = "#7a858f"; frame.lineWidth = 0.6 * ratio / scale; frame.stroke(outlines);
    frame.strokeStyle = "#1f2933"; frame.lineWidth = 1.2 * ratio / scale; frame.stroke(lines);
    canvas.dataset.painted = "1";
  };

  const start = async () => {
    const shown = load(box.dataset.first);
    const shapes = await fetch(box.dataset.shapes).then((answer) => answer.json());
    build(shapes);
    fit();
    home();
    paint();
    inset(shapes);
    await shown;
  };
  select.addEventListener("change", load);
  hide.addEventListener("change", () => { if (data) { paint(); relink(); } });
  by("map-go").hidden = true;
  start();
})();
