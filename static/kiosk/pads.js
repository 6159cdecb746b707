// On-screen keys for numbers and letters. The field stays a plain input: a real keyboard works just as well.
"use strict";
(() => {
  const ROWS = {
    digits: ["1 2 3", "4 5 6", "7 8 9", "clear 0 erase"],
    id: ["1 2 3", "4 5 6", "7 8 9", "X 0 erase"],
    money: ["1 2 3", "4 5 6", "7 8 9", ". 0 erase"],
    certificate: ["1 2 3", "4 5 6", "7 8 9", "X 0 erase", "B clear"],
    code: ["1 2 3 4 5 6 7 8 9 0", "Q W E R T Y U P", "A D F G H J K L", "X C B N M clear erase"],
    receipt: ["2 3 4 5 6 7 8 9", "Q W E R T Y U P", "A S D F G H J K", "Z X C V B N M erase"],
  };
  const LETTERS = new Set(["code", "receipt"]);

  const groupsOf = (field) => (field.dataset.groups || "").split(" ").filter(Boolean).map(Number);

  // digits in groups while typing; the server takes them with or without
  const grouped = (field) => {
    const groups = groupsOf(field);
    if (!groups.length) return;
    let rest = field.value.replace(/[\s-]/g, "").toUpperCase();
    const parts = [];
    for (const size of groups) { if (rest) { parts.push(rest.slice(0, size)); rest = rest.slice(size); } }
    if (rest) parts.push(rest);
    field.value = parts.join(" ");
  };

  const segments = (field) => Array.from(field.closest(".segments")?.querySelectorAll("input") || [field]);
  const bare = (field) => field.value.replace(/\s/g, "");
  const room = (field) => Number(field.dataset.length || field.maxLength) || 1e4;

  const onward = (field) => {
    const all = segments(field);
    const next = all[all.indexOf(field) + 1];
    if (next && field.dataset.length && bare(field).length >= room(field)) next.focus();
  };

  const write = (field, letter) => {
    const all = segments(field);
    let target = field;
    if (field.dataset.length && bare(field).length >= room(field)) {
      const chosen = field.selectionStart !== field.selectionEnd;
      if (!chosen) target = all[all.indexOf(field) + 1] || field;
      if (!chosen && (target === field || bare(target).length >= room(target))) return target;
    }
    const start = target === field ? target.selectionStart : target.value.length;
    const end = target === field ? target.selectionEnd : target.value.length;
    const text = target.value.slice(0, start) + letter + target.value.slice(end);
    if (target.maxLength > 0 && text.length > target.maxLength) return target;
    target.value = text;
    target.setSelectionRange(start + 1, start + 1);
    if (start + 1 === text.length) { grouped(target); target.setSelectionRange(target.value.length, target.value.length); }
    target.dispatchEvent(new Event("input", { bubbles: true }));
    return target;
  };

  const erase = (field) => {
    const all = segments(field);
    let target = field;
    if (!field.value && all.indexOf(field) > 0) target = all[all.indexOf(field) - 1];
    let start = target === field ? target.selectionStart : target.value.length;
    const end = target === field ? target.selectionEnd : target.value.length;
    if (start === end) start = Math.max(0, target.value[start - 1] === " " ? start - 2 : start - 1);
    target.value = target.value.slice(0, start) + target.value.slice(end);
    target.setSelectionRange(start, start);
    if (start === target.value.length) { grouped(target); target.setSelectionRange(target.value.length, target.value.length); }
    target.dispatchEvent(new Event("input", { bubbles: true }));
    return target;
  };

  const key = (name, pad) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "key";
    made.dataset.key = name;
    made.tabIndex = 0;
    if (name === "erase") {
      made.setAttribute("aria-label", pad.dataset.erase);
      const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      icon.setAttribute("class", "icon");
      icon.setAttribute("aria-hidden", "true");
      const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
      use.setAttribute("href", "/static/icons.svg#erase");
      icon.append(use);
      made.append(icon);
    } else if (name === "clear") {
      made.classList.add("word");
      made.textContent = pad.dataset.clear;
    } else {
      made.textContent = name;
    }
    return made;
  };

  const build = (pad) => {
    const kind = pad.dataset.keys;
    const rows = ROWS[kind];
    const first = document.getElementById(pad.dataset.for);
    if (!rows || !first) return;
    const board = document.createElement("div");
    board.className = LETTERS.has(kind) ? "pad letters" : "pad digits";
    for (const row of rows) {
      const holder = LETTERS.has(kind) ? document.createElement("div") : board;
      for (const name of row.split(" ")) holder.append(key(name, pad));
      if (holder !== board) board.append(holder);
    }
    pad.append(board);
    let current = first;
    const fields = segments(first);
    for (const field of fields) {
      grouped(field);
      field.inputMode = "none";   // one keyboard is enough
      field.addEventListener("focus", () => { current = field; });
      field.addEventListener("input", (event) => { if (event.isTrusted) { grouped(field); onward(field); } });
    }
    // a touch on a key must not take the caret out of the field
    board.addEventListener("pointerdown", (event) => { if (event.target.closest(".key")) event.preventDefault(); });
    board.addEventListener("click", (event) => {
      const name = event.target.closest(".key")?.dataset.key;
      if (!name) return;
      if (name === "erase") current = erase(current);
      else if (name === "clear") { for (const field of fields) field.value = ""; current = fields[0]; }
      else current = write(current, name);
      if (name.length === 1) { const before = current; onward(current); current = document.activeElement.closest?.(".segments") ? document.activeElement : before; }
      // keys that were tabbed to keep their focus; touched ones give it to the field
      if (!event.target.closest(".key").matches(":focus-visible")) current.focus({ preventScroll: true });
    });
    const empty = fields.find((field) => bare(field).length < room(field)) || first;
    if (!document.getElementById("errors")) empty.focus({ preventScroll: true });
  };

  for (const button of document.querySelectorAll("[data-mask]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const on = document.querySelector(".segments").classList.toggle("masked");
      button.setAttribute("aria-pressed", String(on));
    });
  }
  document.querySelectorAll("[data-keys]").forEach(build);
})();
