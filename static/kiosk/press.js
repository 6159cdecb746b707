// Small courtesies: the help sheet opens in place, a form goes once, an error gets the focus.
"use strict";
(() => {
  for (const link of document.querySelectorAll("[data-opens]")) {
    const sheet = document.getElementById(link.dataset.opens);
    if (!sheet?.showModal) continue;
    link.addEventListener("click", (event) => { event.preventDefault(); sheet.showModal();
      fetch(link.href).catch(() => {}); });   // counted as on a page without scripts
  }
  for (const form of document.querySelectorAll("form[data-once]")) {
    form.addEventListener("submit", (event) => {
      if (event.submitter && !event.submitter.matches("[data-busy], .vh")) return;   // covering the numbers hands nothing in
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "yes";
      const go = form.querySelector("[data-busy]");
      // the button keeps its place and says what is going on
      if (go) { go.textContent = go.dataset.busy; go.setAttribute("aria-disabled", "true"); }
    });
  }
  document.getElementById("errors")?.focus();
  for (const link of document.querySelectorAll("#errors a[href^='#']")) {
    link.addEventListener("click", (event) => {
      const field = document.getElementById(link.hash.slice(1));
      if (!field) return;
      event.preventDefault();
      field.focus();
      // what is there already is mended from its end, not from its front
      if (field.matches("textarea, input.field")) field.setSelectionRange(field.value.length, field.value.length);
    });
  }
  // a page from the browser's memory shows what was there before a wipe: ask for it again
  window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
  document.addEventListener("contextmenu", (event) => event.preventDefault());
})();
