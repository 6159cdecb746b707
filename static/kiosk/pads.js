// On-screen keys for numbers and letters. The field stays a plain input: a real keyboard works just as well.
"use strict";
(() => {
  const ROWS = {
    digits: ["1 2 3", "4 5 6", "7 8 9", "clear 0 erase"],
    id: ["1 2 3", "4 5 6", "7 8 9", "X 0 clear erase"],
    money: ["1 2 3", "4 5 6", "7 8 9", ". 0 clear erase"],
    certificate: ["1 2 3", "4 5 6", "7 8 9", "X 0 erase", "B clear"],
    code: ["1 2 3 4 5 6 7 8 9", "0 Q W E R T Y U P", "A D F G H J K L", "X C B N M clear erase"],
    receipt: ["2 3 4 5 6 7 8 9", "Q W E R T Y U P", "A S D F G H J K", "Z X C V B N M clear erase"],
  };
  const LETTERS = new Set(["code", "receipt"]);

  const groupsOf = (field) => (field.dataset.groups || "").split(" ").filter(Boolean).map(Number);

  const bare = (field) => field.value.replace(/[\s-]/g, "");

  // digits in groups while typing; the server takes them with or without
  const shaped = (field, text) => {
    const groups = groupsOf(field);
    if (!groups.length) return text;
    let rest = text.toUpperCase();
    const parts = [];
    for (const size of groups) { if (rest) { parts.push(rest.slice(0, size)); rest = rest.slice(size); } }
    if (rest) parts.push(rest);
    return parts.join(" ");
  };

  // writes what stands in a box, the caret behind so many characters of it, gaps not counted
  const put = (field, text, written) => {
    field.value = shaped(field, text);
    let place = 0;
    for (let left = written; left > 0 && place < field.value.length; place += 1) { if (field.value[place] !== " ") left -= 1; }
    field.setSelectionRange(place, place);
  };
  const toEnd = (field) => field.setSelectionRange(field.value.length, field.value.length);
  const before = (field, place) => field.value.slice(0, place).replace(/[\s-]/g, "").length;

  const segments = (field) => Array.from(field.closest(".segments")?.querySelectorAll("input") || [field]);
  const room = (field) => Number(field.dataset.length) || (field.maxLength > 0 && !groupsOf(field).length ? field.maxLength : 1e4);

  const onward = (field) => {
    const all = segments(field);
    const next = all[all.indexOf(field) + 1];
    if (next && bare(field).length >= room(field) && bare(next).length < room(next)) { next.focus({ preventScroll: true }); toEnd(next); }
  };

  // a full box takes no more: the letter goes to the end of the next one with room, or nowhere; nothing is replaced
  const write = (field, letter) => {
    const all = segments(field);
    let target = field;
    if (field.selectionStart === field.selectionEnd && bare(field).length >= room(field)) {
      const next = all[all.indexOf(field) + 1];
      if (!next || before(field, field.selectionStart) < bare(field).length || bare(next).length >= room(next)) return field;
      target = next;
      toEnd(target);
    }
    const text = bare(target);
    const from = before(target, target.selectionStart);
    const whole = text.slice(0, from) + letter + text.slice(before(target, target.selectionEnd));
    if (target.maxLength > 0 && shaped(target, whole).length > target.maxLength) return target;
    put(target, whole, from + 1);
    target.dispatchEvent(new Event("input", { bubbles: true }));
    return target;
  };

  // with nothing before the caret the box before loses its last
  const erase = (field) => {
    const all = segments(field);
    let target = field;
    if (field.selectionEnd === 0 && all.indexOf(field) > 0) { target = all[all.indexOf(field) - 1]; toEnd(target); }
    const text = bare(target);
    const to = before(target, target.selectionEnd);
    let from = before(target, target.selectionStart);
    if (from === to) from = Math.max(0, from - 1);
    put(target, text.slice(0, from) + text.slice(to), from);
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
      const word = document.createElement("span");
      word.textContent = pad.dataset.erase;
      made.classList.add("word");
      made.append(icon, word);
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
      const names = row.split(" ");
      for (const name of names) {
        const made = key(name, pad);
        made.classList.toggle("quarter", names.length === 4);
        made.classList.toggle("half", names.length === 2);
        holder.append(made);
      }
      if (holder !== board) board.append(holder);
    }
    pad.append(board);
    let current = first;
    const fields = segments(first);
    for (const field of fields) {
      put(field, bare(field), bare(field).length);
      field.inputMode = "none";   // one keyboard is enough
      let fresh = false;
      field.addEventListener("pointerdown", () => { fresh = document.activeElement !== field; });
      // the first touch on a box sets the caret at its end, a second one where it is wanted
      field.addEventListener("click", () => { if (fresh && field.selectionStart === field.selectionEnd) toEnd(field); fresh = false; });
      field.addEventListener("focus", () => {
        current = field;
        // the tab key marks a whole box: the next letter would replace it without a word
        if (field.selectionStart === 0 && field.selectionEnd === field.value.length) toEnd(field);
      });
      field.addEventListener("input", (event) => {
        if (!event.isTrusted) return;
        put(field, bare(field), before(field, field.selectionStart));
        if (before(field, field.selectionStart) === bare(field).length) onward(field);
      });
    }
    // a touch on a key must not take the caret out of the field
    board.addEventListener("pointerdown", (event) => { if (event.target.closest(".key")) event.preventDefault(); });
    board.addEventListener("click", (event) => {
      const name = event.target.closest(".key")?.dataset.key;
      if (!name) return;
      if (name === "erase") current = erase(current);
      else if (name === "clear") { for (const field of fields) put(field, "", 0); current = fields[0]; }
      else current = write(current, name);
      // keys that were tabbed to keep their focus; touched ones give it to the field
      if (!event.target.closest(".key").matches(":focus-visible")) current.focus({ preventScroll: true });
    });
    // after an error the box with the fault is the one that is written; else the first with room, or the last
    if (document.getElementById("errors")) current = first;
    else (fields.find((field) => bare(field).length < room(field)) || fields[fields.length - 1]).focus({ preventScroll: true });
  };

  // a card reader types as a keyboard does, faster than any finger: what it read need not be written twice
  const READER_DIGITS = 12, READER_PACE = 40, READER_GAP = 150;
  for (const mark of document.querySelectorAll("[data-reader]")) {
    let first = 0, last = 0, count = 0;
    document.getElementById(mark.dataset.reader).addEventListener("keydown", (event) => {
      const now = event.timeStamp;
      if (event.key === "Enter") { if (count >= READER_DIGITS && (last - first) / (count - 1) < READER_PACE) mark.value = "yes"; return; }
      if (!/^[0-9]$/.test(event.key)) { count = 0; return; }
      if (!count || now - last > READER_GAP) { first = now; count = 0; }
      last = now;
      count += 1;
    });
  }

  for (const button of document.querySelectorAll("[data-mask]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const on = document.querySelector(".segments").classList.toggle("masked");
      button.setAttribute("aria-pressed", String(on));
    });
  }
  document.querySelectorAll("[data-keys]").forEach(build);
})();
