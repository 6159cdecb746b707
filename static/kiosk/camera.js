// The camera for one photo: shows the frame, judges it by the same figures as the machine does, puts the picture into
// the page's own file field and sends the page. Without a camera the field itself stays.
"use strict";
(() => {
  const form = document.querySelector("form[data-camera]");
  const frame = document.getElementById("camera");
  const field = document.getElementById("f-photo");
  const take = form?.querySelector("[data-take]");
  if (!form || !frame || !field || !take) return;
  const video = frame.querySelector("video");
  const spoken = frame.querySelector(".spoken");
  const checks = document.getElementById("checks");
  const file = document.getElementById("file");
  const JUDGED_SIDE = 1000, BLURRY_BELOW = 17, DARK_BELOW = 100, GLARE_ABOVE = 0.02, BLOWN = 250, WHITE = 235;
  const EVERY_MS = 700;
  const chosen = take.querySelector("span").textContent;
  let stream = null;
  let before = null;

  const percentile = (counts, total, part) => {
    let seen = 0;
    for (let value = 0; value < 256; value += 1) { seen += counts[value]; if (seen >= part * total) return value; }
    return 255;
  };
  const canvas = document.createElement("canvas");
  const draw = (longest) => {
    const scale = Math.min(1, longest / Math.max(video.videoWidth, video.videoHeight));
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.drawImage(video, 0, 0, canvas.width, canvas.height);
    return pen;
  };
  const judge = () => {
    const pen = draw(JUDGED_SIDE);
    const { width, height } = canvas;
    const data = pen.getImageData(0, 0, width, height).data;
    const total = width * height;
    const grey = new Uint8Array(total);
    const counts = new Uint32Array(256);
    for (let at = 0, from = 0; at < total; at += 1, from += 4) {
      const light = (data[from] * 19595 + data[from + 1] * 38470 + data[from + 2] * 7471 + 32768) >> 16;
      grey[at] = light;
      counts[light] += 1;
    }
    const strengths = new Uint32Array(129);
    for (let y = 1; y < height - 1; y += 1) {
      for (let x = 1, at = y * width + 1; x < width - 1; x += 1, at += 1) {
        strengths[Math.min(128, Math.abs(4 * grey[at] - grey[at - 1] - grey[at + 1] - grey[at - width] - grey[at + width]))] += 1;
      }
    }
    const most = Math.floor(total / 50);
    let left = most, sum = 0;
    for (let value = 128; value >= 0 && left > 0; value -= 1) {
      const taken = Math.min(left, strengths[value]);
      sum += taken * value;
      left -= taken;
    }
    const paper = percentile(counts, total, 0.8);
    let blown = 0;
    for (let value = BLOWN; value < 256; value += 1) blown += counts[value];
    return {
      dark: paper < DARK_BELOW,
      glare: paper < WHITE && blown / total > GLARE_ABOVE,
      blurry: (100 * sum) / Math.max(1, most) / Math.max(paper, 60) < BLURRY_BELOW,
    };
  };
  const say = (found) => {
    const worst = ["dark", "glare", "blurry"].find((one) => found[one]) || "good";
    // two looks in a row must agree, or the words would flicker
    if (before === worst && spoken.dataset.said !== worst) {
      spoken.dataset.said = worst;
      spoken.classList.toggle("bad", worst !== "good");
      spoken.querySelector("b").textContent = frame.dataset[worst];
      for (const row of checks.children) {
        const bad = found[row.dataset.check];
        row.classList.toggle("bad", bad);
        row.querySelector("span").textContent = bad ? row.dataset.bad : row.dataset.good;
      }
      checks.hidden = false;
    }
    before = worst;
  };
  const look = () => {
    if (!stream) return;
    if (video.readyState >= 2 && !document.hidden) say(judge());
    setTimeout(look, EVERY_MS);
  };
  const stop = () => { for (const track of stream?.getTracks() || []) track.stop(); stream = null; };
  const without = () => {
    stop();
    frame.hidden = checks.hidden = true;
    file.hidden = false;
    file.querySelector("[data-none]").hidden = false;
    take.querySelector("span").textContent = chosen;
  };

  const shoot = (event) => {
    if (!stream || !video.videoWidth) return;
    event.preventDefault();
    if (take.getAttribute("aria-disabled")) return;
    take.setAttribute("aria-disabled", "true");
    take.querySelector("span").textContent = take.dataset.busy;
    draw(4000);
    canvas.toBlob((blob) => {
      video.pause();
      const carried = new DataTransfer();
      carried.items.add(new File([blob], "page.jpg", { type: "image/jpeg" }));
      field.files = carried.files;
      stop();
      form.requestSubmit(take);
    }, "image/jpeg", 0.92);
  };

  const open = async () => {
    if (!navigator.mediaDevices?.getUserMedia) return;   // a page that came over plain http from another machine
    frame.hidden = false;
    file.hidden = true;
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: { ideal: "environment" }, width: { ideal: 2592 }, height: { ideal: 1944 } },
      });
    } catch {
      without();
      return;
    }
    stream.getVideoTracks()[0].addEventListener("ended", without);
    video.srcObject = stream;
    await video.play().catch(() => {});
    take.querySelector("span").textContent = take.dataset.take;
    frame.dataset.open = "yes";
    look();
  };
  take.addEventListener("click", shoot);
  window.addEventListener("pagehide", stop);
  open();
})();
