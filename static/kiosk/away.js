// The program behind the page may stop. Then what the page says of the line is no longer true, and a touch would lead to
// the browser's own error page: cover it all, and begin anew once the program answers.
"use strict";
(() => {
  const sheet = document.getElementById("away");
  if (!sheet) return;
  const TRIES = 3, EVERY = 1000;
  let looking = false;

  const answers = () => fetch("/clock", { cache: "no-store" }).then(() => true, () => false);
  const pause = () => new Promise((done) => { setTimeout(done, EVERY); });
  const look = async () => {
    if (looking) return;
    looking = true;
    for (let n = 0; n < TRIES; n += 1) {
      if (await answers()) { looking = false; return; }   // it was only a moment: nothing is lost
      await pause();
    }
    for (const other of document.querySelectorAll("dialog[open]")) other.close();
    document.querySelector("main").replaceChildren();   // the form went with the program; nobody else need see it
    document.querySelector(".lines").replaceChildren();
    sheet.showModal();
    while (!await answers()) await pause();
    location.replace("/");
  };
  sheet.addEventListener("cancel", (event) => event.preventDefault());
  document.body.addEventListener("htmx:sendError", look);
})();
