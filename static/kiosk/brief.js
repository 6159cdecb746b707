// A result stands on the screen for half a minute, then it is covered; one touch brings it back. Without scripts the
// idle sheet's time holds.
"use strict";
for (const panel of document.querySelectorAll("[data-brief]")) {
  const [told, again] = [panel.querySelector(":scope > p[hidden]"), panel.querySelector(":scope > button")];
  const shown = [...panel.children].filter((one) => one !== told && one !== again && one.tagName !== "H2");
  const cover = (on) => {
    for (const one of shown) one.hidden = on;
    told.hidden = again.hidden = !on;
    if (!on) setTimeout(() => cover(true), Number(panel.dataset.brief) * 1000);
  };
  again.addEventListener("click", () => cover(false));
  cover(false);
}
