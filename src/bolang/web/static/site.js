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

// Many files are sent one after another, so that the reader sees how far it is and no request grows without end.
const sending = document.getElementById("import-form");
if (sending) sending.addEventListener("submit", async (event) => {
  const files = [...sending.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]).filter((file) => !file.name.startsWith("."));
  if (files.length < 2) return;
  event.preventDefault();
  sending.querySelector("button").disabled = true;
  const said = document.getElementById("import-said"), problems = document.getElementById("import-problems");
  let failed = 0;
  for (const [done, file] of files.entries()) {
    said.textContent = `${sending.dataset.progress} ${done} / ${files.length} ${file.name}`;
    const form = new FormData();
    for (const name of ["token", "county", "year"]) form.append(name, sending.elements[name].value);
    form.append("files", file, file.name);
    const answer = await fetch(sending.action, { method: "POST", body: form });
    if (answer.ok) continue;
    failed++;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelector(".problem, p.answer"), line = document.createElement("p");
    line.className = "problem";
    line.textContent = found ? found.textContent : `${file.name} ${answer.status}`;
    problems.append(line);
  }
  if (failed) {
    said.textContent = `${sending.dataset.progress} ${files.length - failed} / ${files.length} `;
    const on = document.createElement("a");
    on.href = sending.dataset.done;
    on.textContent = sending.dataset.next;
    said.append(on);
  } else location.href = sending.dataset.done;
});

const filter = document.getElementById("filter");
if (filter) filter.addEventListener("input", () => {
  const wanted = filter.value.trim().toLowerCase();
  for (const item of document.querySelectorAll("[data-known]")) item.hidden = !item.dataset.known.includes(wanted);
});
