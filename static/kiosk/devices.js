// Trying devices by hand: the live picture, a photo that is thrown away, the four corners, a sentence aloud.
"use strict";
(() => {
  const frame = document.getElementById("try");
  const shoot = document.querySelector("[data-shoot]");
  const said = frame?.querySelector(".spoken b");
  const video = frame?.querySelector("video");
  const live = async () => {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: { ideal: "environment" } } });
      window.addEventListener("pagehide", () => { for (const track of stream.getTracks()) track.stop(); });
      video.srcObject = stream;
      await video.play();
    } catch {
      said.textContent = frame.dataset.none;   // none, not allowed, or taken by another program
      return;
    }
    said.textContent = frame.dataset.ready;
    shoot.hidden = false;
  };
  shoot?.addEventListener("click", () => {
    const taken = !video.paused;
    if (taken) video.pause(); else video.play();
    said.textContent = taken ? frame.dataset.taken : frame.dataset.ready;
  });
  if (frame) live();

  const sheet = document.querySelector(".corners-sheet");
  const corners = Array.from(document.querySelectorAll("[data-corner]"));
  document.querySelector("[data-corners]")?.addEventListener("click", () => {
    for (const corner of corners) corner.setAttribute("aria-pressed", "false");
    sheet.showModal();
  });
  document.querySelector("[data-shut]")?.addEventListener("click", () => sheet.close());
  for (const corner of corners) {
    corner.addEventListener("click", () => {
      corner.setAttribute("aria-pressed", "true");
      if (!corners.every((one) => one.getAttribute("aria-pressed") === "true")) return;
      sheet.close();
      const told = document.getElementById("pressed");
      told.textContent = told.dataset.all;
    });
  }

  const sound = document.querySelector("[data-sound]");
  sound?.addEventListener("click", () => { new Audio(sound.dataset.sound).play().catch(() => {}); });
})();
