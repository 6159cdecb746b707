// Keys of the console: J and K move in a list or between cases, Enter opens, 1 2 3 4 choose the decision, / goes to the search.
// Everything they do can be done by mouse and Tab as well.
"use strict";

(() => {
  const typing = (target) => target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
  const rows = () => [...document.querySelectorAll("tr.open")];
  let at = -1;

  const move = (step) => {
    const all = rows();
    if (!all.length) return false;
    at = Math.min(Math.max(at + step, 0), all.length - 1);
    all.forEach((row, place) => row.classList.toggle("at", place === at));
    const link = all[at].querySelector("a.row");
    link.focus({ preventScroll: true });
    all[at].scrollIntoView({ block: "nearest" });
    return true;
  };

  const choose = (number) => {
    const radio = document.querySelector(`input[type=radio][data-key="${number}"]`);
    if (!radio) return false;
    radio.checked = true;
    radio.focus();
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  };

  const actions = {
    j: () => move(1) || follow("j"),
    k: () => move(-1) || follow("k"),
    "/": () => { const find = document.getElementById("find"); if (find) find.focus(); return Boolean(find); },
    1: () => choose(1), 2: () => choose(2), 3: () => choose(3), 4: () => choose(4),
  };

  const follow = (key) => {
    const link = document.querySelector(`a[data-key="${key}"]`);
    if (link) link.click();
    return Boolean(link);
  };

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey) return;
    if (event.ctrlKey) {
      const form = event.key === "Enter" && document.querySelector("form[data-ctrl-enter]");
      if (form) { event.preventDefault(); form.requestSubmit(); }
      return;
    }
    if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
    if (typing(event.target)) return;
    const action = actions[event.key.toLowerCase()];
    if (action && action()) event.preventDefault();
  });

  // the row that holds the focus is the row that J and K go on from
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest && event.target.closest("tr.open");
    const all = rows();
    if (!all.length) return;
    if (row) at = all.indexOf(row);
    all.forEach((one) => one.classList.toggle("at", one === row));
  });

  document.addEventListener("click", (event) => {
    const row = event.target.closest("tr.open");
    if (!row || event.target.closest("a, button, input, label") || String(getSelection())) return;
    row.querySelector("a.row").click();
  });

  // a filter takes effect when it is changed; without scripts its button does
  document.querySelectorAll("form[data-at-once]").forEach((form) => {
    form.querySelectorAll("[data-without-script]").forEach((button) => { button.hidden = true; });
    form.addEventListener("change", () => form.requestSubmit());
  });

  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });
})();
