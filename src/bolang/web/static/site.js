"use strict";
// Copy a table as text with its caption and source; remember the counties looked at, on this machine only.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button.copy");
  if (!button) return;
  const figure = button.closest("figure");
  const image = figure.querySelector("img");
  const rows = [...figure.querySelectorAll("tr")].map((row) => [...row.children].map((cell) => cell.innerText.trim()).join("\t"));
  const source = figure.querySelector(".source").cloneNode(true);
  source.querySelector(".tools").remove();
  const text = [figure.querySelector("figcaption").innerText, image ? image.alt : "", ...rows, source.textContent.trim(), location.href];
  const copied = text.filter(Boolean).join("\n");
  const done = () => { button.textContent = button.dataset.done; };
  if (navigator.clipboard) { navigator.clipboard.writeText(copied).then(done); return; }
  const holder = document.createElement("textarea"); // a page from a folder has no clipboard of its own
  holder.value = copied;
  figure.append(holder);
  holder.select();
  if (document.execCommand("copy")) done();
  holder.remove();
});

const county = location.pathname.match(/\/c\/(\d{6})(?:\/|$)/);
const heading = document.querySelector("h1");
const remembered = () => { try { return JSON.parse(localStorage.getItem("bolang-recent") || "[]"); } catch { return []; } };
if (county && heading && /\/c\/\d{6}$/.test(location.pathname)) {
  const kept = remembered().filter((item) => item[0] !== location.pathname);
  localStorage.setItem("bolang-recent", JSON.stringify([[location.pathname, heading.innerText], ...kept].slice(0, 8)));
}
const recent = document.getElementById("recent");
if (recent && remembered().length) {
  recent.hidden = false;
  recent.append(recent.dataset.words + " ");
  for (const [path, name] of remembered()) {
    if (!/^(\/w\/[a-z0-9_-]+)?\/c\/\d{6}$/.test(path)) continue;
    const link = document.createElement("a");
    link.href = path;
    link.textContent = name;
    recent.append(link, " ");
  }
}
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.closest("input, textarea, select")) {
    event.preventDefault();
    document.querySelector("header.site input[type=search]").focus();
  }
});
