// A photo is turned and enlarged in place; a reason for asking again is written by one press. Both work without this:
// the first by their links, the second by typing.
"use strict";
(() => {
  const sheet = document.querySelector("figure.sheet");
  let turn = Number((sheet?.className.match(/turn-(\d)/) || [])[1] || 0);
  document.querySelector("[data-turn]")?.addEventListener("click", (event) => {
    event.preventDefault();
    sheet.classList.remove(`turn-${turn}`);
    turn = (turn + 1) % 4;
    sheet.classList.add(`turn-${turn}`);
  });
  const near = document.querySelector("[data-near]");
  near?.addEventListener("click", (event) => {
    event.preventDefault();
    const closer = sheet.classList.toggle("near");
    near.lastChild.textContent = closer ? sheet.dataset.farther : sheet.dataset.closer;
  });

  for (const button of document.querySelectorAll("[data-why]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const row = button.closest(".ask");
      const why = row.querySelector("input[type=text]");
      row.querySelector("input[type=checkbox]").checked = true;
      why.value = button.dataset.why;
      why.focus();
      why.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
})();
