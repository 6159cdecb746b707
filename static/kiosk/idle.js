// Nobody touches: ask, count down, wipe. The server forgets by itself too, should this page not get so far.
"use strict";
(() => {
  const body = document.body;
  // A browser with tabs: a page of a visit that has ended shows nothing of it any more, and one that is touched keeps
  // the others of its visit awake. Whoever has no visit (an error at the door) has no say.
  const mine = body.dataset.csrf;
  const tabs = new BroadcastChannel("visit");
  let awake = () => {};
  if (mine) tabs.postMessage(mine);
  tabs.onmessage = ({ data }) => { if (mine && data !== mine) location.replace("/"); else awake(); };
  const mode = body.dataset.idle;
  if (mode === "none") return;
  const quiet = Number(body.dataset.quiet) * 1000;
  const count = Number(body.dataset.count) * 1000;
  const sheet = document.getElementById("idle");
  const leave = document.getElementById("leave");
  const number = document.getElementById("idle-count");
  const ring = sheet?.querySelector(".left");
  const now = () => performance.now();
  let touched = now();
  let told = touched;

  const tell = () => {
    told = now();
    tabs.postMessage(mine);
    fetch("/here", { method: "POST", headers: { "X-Csrf": body.dataset.csrf }, keepalive: true }).catch(() => {});
  };
  awake = () => { sheet?.close(); touched = now(); };
  const touch = () => {
    if (sheet?.open) return;
    touched = now();
    if (touched - told > 10000) tell();
  };
  for (const name of ["pointerdown", "keydown", "input"]) document.addEventListener(name, touch, { passive: true, capture: true });
  sheet?.querySelector("[data-still]").addEventListener("click", () => { sheet.close(); touched = now(); tell(); });
  sheet?.addEventListener("cancel", () => { touched = now(); tell(); });

  setInterval(() => {
    const still = now() - touched;
    if (document.getElementById("away")?.open) return;   // nobody would hear
    if (still >= quiet + count) { touched = now(); leave.submit(); return; }
    if (still < quiet || !sheet) return;
    for (const other of document.querySelectorAll("dialog[open]")) if (other !== sheet) other.close();
    if (!sheet.open) sheet.showModal();
    const left = quiet + count - still;
    number.textContent = String(Math.ceil(left / 1000));
    ring.style.strokeDashoffset = String(100 - (100 * left) / count);
  }, 500);
})();
