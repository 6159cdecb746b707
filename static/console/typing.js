// What is being typed: how many characters are left, and pages that answer a form do not ask to send it again when
// one goes back. All works without this, only less kindly.
"use strict";

(() => {
  if ("instead" in document.body.dataset) {
    const instead = document.body.dataset.instead || document.querySelector(".way a")?.getAttribute("href");
    if (instead) history.replaceState(null, "", instead);
  }

  const NEAR = 30;
  for (const input of document.querySelectorAll(".decide input[maxlength][data-left]")) {
    const left = document.createElement("small");
    left.className = "hint left";
    left.setAttribute("aria-live", "polite");
    left.hidden = true;
    input.after(left);
    input.addEventListener("input", () => {
      const room = input.maxLength - input.value.length;
      left.hidden = room > NEAR;
      left.textContent = input.dataset.left.replace("{n}", room);
    });
  }
})();
