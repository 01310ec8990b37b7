"use strict";
// The map of all counties: shapes once, colours as often as asked; kilometres of an equal-area projection are the coordinates.
(() => {
  const box = document.getElementById("map");
  if (!box) return;
  const tip = document.getElementById("map-tip");
  const select = document.getElementById("by");
  const hide = document.getElementById("hide");
  const blank = "#ffffff";
  let layers = [], data = null, codes = [];

  const rings = (packed, grid) => packed.map((steps) => {
    const points = [];
    let x = 0, y = 0;
    for (let i = 0; i < steps.length; i += 2) {
      x += steps[i];
      y += steps[i + 1];
      points.push([y * grid, x * grid]);
    }
    return points;
  });

  const map = L.map(box, { crs: L.CRS.Simple, preferCanvas: true, minZoom: -4, maxZoom: 2, zoomSnap: 0.25, attributionControl: false, keyboard: true });

  const colour = (i) => {
    const kind = data.kind[i];
    return kind < 0 || (hide.checked && data.unsure[i]) ? blank : data.legend[kind][0];
  };

  const paint = () => {
    layers.forEach((layer, i) => {
      const fillColor = colour(i), fillOpacity = data.unsure[i] && !hide.checked ? 0.62 : 1;
      if (layer.options.fillColor !== fillColor || layer.options.fillOpacity !== fillOpacity) layer.setStyle({ fillColor, fillOpacity });
    });
    document.getElementById("map-title").textContent = data.title;
    document.getElementById("map-source").textContent = data.source + "。".repeat(document.documentElement.lang === "zh-CN" && data.source ? 1 : 0) + " ";
    const legend = document.getElementById("legend");
    legend.replaceChildren(...data.legend.map(([fill, words]) => {
      const item = document.createElement("li");
      item.innerHTML = '<svg viewBox="0 0 11 9" aria-hidden="true"><rect width="11" height="9" stroke="#888"></rect></svg>';
      item.querySelector("rect").setAttribute("fill", fill);
      item.append(words);
      return item;
    }));
    box.dataset.painted = data.title;
  };

  const load = async () => {
    const address = new URL(box.dataset.values, location.href);
    address.searchParams.set("by", select.value);
    if (box.dataset.year) address.searchParams.set("year", box.dataset.year);
    const answer = await fetch(address);
    if (!answer.ok) { tip.textContent = String(answer.status); return; }
    data = await answer.json();
    if (layers.length) paint();
    const key = select.value;
    for (const id of ["map-svg", "map-png"]) {
      const link = document.getElementById(id);
      const there = new URL(link.href);
      there.searchParams.set("by", key);
      if (hide.checked) there.searchParams.set("hide", "unsure"); else there.searchParams.delete("hide");
      link.href = there;
    }
    if (location.pathname.endsWith("/map")) {
      const own = new URL(location.href);
      own.searchParams.set("by", key);
      if (hide.checked) own.searchParams.set("hide", "unsure"); else own.searchParams.delete("hide");
      history.replaceState(null, "", own);
      document.querySelector("h1").textContent = data.title;
    }
    const table = document.getElementById("map-table");
    const there = new URL(table.href);
    if (key !== "type") there.searchParams.set("by", key);
    table.href = there;
  };

  const sea = (shapes) => {
    const holder = document.getElementById("sea");
    const [west, south, east, north] = shapes.sea;
    const path = (lines, close) => lines.map((line) => "M" + rings([line], shapes.grid)[0].map(([y, x]) => `${x.toFixed(0)} ${(-y).toFixed(0)}`).join("L") + (close ? "Z" : "")).join("");
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", `${west} ${-north} ${east - west} ${north - south}`);
    svg.setAttribute("preserveAspectRatio", "xMidYMid slice");
    const add = (d, fill, stroke, width) => {
      const element = document.createElementNS("http://www.w3.org/2000/svg", "path");
      element.setAttribute("d", d);
      element.setAttribute("fill", fill);
      element.setAttribute("stroke", stroke);
      element.setAttribute("stroke-width", width);
      svg.append(element);
    };
    for (const outline of shapes.outlines) add(path(outline, true), "#e6ebf0", "#7a858f", 8);
    for (const lines of Object.values(shapes.lines)) add(path(lines, false), "none", "#1f2933", 16);
    holder.prepend(svg);
  };

  const start = async () => {
    const [shapes] = await Promise.all([fetch("/shapes.json").then((r) => r.json()), load()]);
    codes = shapes.codes;
    const canvas = L.canvas({ padding: 0.3 });
    const quiet = { renderer: canvas, interactive: false };
    L.layerGroup(shapes.outlines.map((o) => L.polygon(rings(o, shapes.grid).map((r) => [r]), { ...quiet, color: "#7a858f", weight: 0.8, fillColor: "#e9edf1", fillOpacity: 1 }))).addTo(map);
    layers = shapes.units.map((unit, i) => L.polygon(rings(unit, shapes.grid).map((r) => [r]), { renderer: canvas, color: "#ffffff", weight: 0.35, fillColor: colour(i), fillOpacity: 1 }));
    const group = L.featureGroup(layers);
    const index = new Map(layers.map((layer, i) => [layer, i]));
    group.on("mouseover", (event) => {
      const i = index.get(event.propagatedFrom || event.layer);
      if (i !== undefined) tip.textContent = `${data.names[i]} ${data.shown[i]}`;
    });
    group.on("mouseout", () => { tip.textContent = ""; });
    group.on("click", (event) => {
      const i = index.get(event.propagatedFrom || event.layer);
      if (i === undefined) return;
      const there = new URL(box.dataset.county, location.href);
      there.pathname = there.pathname.replace(/\/c\/$/, `/c/${codes[i]}`);
      location.href = there;
    });
    map.fitBounds([[-1550, -2640], [2760, 2230]]);
    group.addTo(map);
    L.layerGroup(shapes.outlines.map((o) => L.polygon(rings(o, shapes.grid).map((r) => [r]), { ...quiet, color: "#56616c", weight: 0.7, fill: false }))).addTo(map);
    L.layerGroup(Object.values(shapes.lines).flat().map((line) => L.polyline(rings([line], shapes.grid), { ...quiet, color: "#1f2933", weight: 1.6 }))).addTo(map);
    sea(shapes);
    paint();
  };

  select.addEventListener("change", load);
  hide.addEventListener("change", () => { if (data) { paint(); load(); } });
  document.getElementById("map-go").hidden = true;
  start();
})();
