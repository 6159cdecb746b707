// Reads the slip's QR with the camera, puts it into the field that a scanner types into, and sends the page.
import decodeQR from "/static/vendor/qr/decode.js";

const EVERY_MS = 250, LONGEST_SIDE = 1000, OURS = /^YZ1:/;
const form = document.getElementById("page");
const field = document.getElementById("f-slip");
const frame = document.getElementById("scan");
const video = frame.querySelector("video");
const spoken = frame.querySelector(".spoken b");
const canvas = document.createElement("canvas");
let stream = null;

const stop = () => { for (const track of stream?.getTracks() || []) track.stop(); stream = null; };

const read = () => {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(video.videoWidth, video.videoHeight));
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(video, 0, 0, canvas.width, canvas.height);
  try {
    return decodeQR(pen.getImageData(0, 0, canvas.width, canvas.height));
  } catch {
    return "";   // that is how the reader says: no QR in this picture
  }
};

const look = () => {
  if (!stream) return;
  const text = video.readyState >= 2 && !document.hidden ? read() : "";
  if (OURS.test(text)) {
    spoken.textContent = frame.dataset.found;
    field.value = text;
    stop();
    form.requestSubmit(form.querySelector(".go"));
    return;
  }
  if (text) spoken.textContent = frame.dataset.other;
  setTimeout(look, EVERY_MS);
};

const open = async () => {
  if (!navigator.mediaDevices?.getUserMedia) return;   // a page that came over plain http from another machine
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      audio: false, video: { facingMode: { ideal: "environment" }, width: { ideal: 1920 }, height: { ideal: 1440 } },
    });
  } catch {
    return;   // no camera, or not allowed: the scanner's field is there
  }
  frame.hidden = false;
  stream.getVideoTracks()[0].addEventListener("ended", () => { stop(); frame.hidden = true; });
  video.srcObject = stream;
  await video.play().catch(() => {});
  spoken.textContent = frame.dataset.ready;
  frame.dataset.open = "yes";
  look();
};
window.addEventListener("pagehide", stop);
open();
