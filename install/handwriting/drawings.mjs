// The drawings that the recogniser learns from: middle lines of strokes, in a box of 1 × 1, y down.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

// Reads the archive of hanzi-writer-data as the registry sends it: a tar whose files are NAME.json with `medians`.
export function fromArchive(path) {
  const tar = gunzipSync(readFileSync(path)), found = new Map();
  let longName = "";
  for (let at = 0; at + 512 <= tar.length && tar[at];) {
    const text = (from, size) => tar.subarray(at + from, at + from + size).toString("utf8").replace(/\0[^]*$/, "");
    const size = parseInt(text(124, 12), 8), kind = text(156, 1), body = tar.subarray(at + 512, at + 512 + size);
    const name = (longName || text(0, 100)).replace(/^package\//, "").replace(/\.json$/, "");
    longName = "";
    // a name beyond ASCII may stand in a header of its own before the file
    if (kind === "x") longName = (/ path=([^\n]+)\n/.exec(body.toString("utf8")) || ["", ""])[1];
    else if (kind === "L") longName = body.toString("utf8").replace(/\0[^]*$/, "");
    else if ([...name].length === 1) found.set(name, medians(JSON.parse(body.toString("utf8"))));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return found;
}

const medians = (drawn) => drawn.medians.map((stroke) => stroke.map(([x, y]) => [x / 1024, (900 - y) / 1024]));

const placed = (strokes, left, top, wide, high) => strokes.map((stroke) => stroke.map(([x, y]) => [left + x * wide, top + y * high]));
const widened = (stroke, by) => {
  const middle = stroke.reduce((sum, [x]) => sum + x, 0) / stroke.length;
  return stroke.map(([x, y]) => [middle + (x - middle) * by, y]);
};
const line = (...points) => points.map(([x, y]) => [x, y]);
const arc = (x, y, wide, high, from, to) => Array.from({ length: 13 }, (_, i) => {
  const turn = (from + (to - from) * i / 12) / 180 * Math.PI;
  return [x + wide * Math.cos(turn), y + high * Math.sin(turn)];
});

// What the archive lacks and people here are called or write: put together from parts, and the ten digits.
export function added(found) {
  const part = (text) => found.get(text);
  const lucky = part("吉");
  return new Map([
    ["𠮷", [widened(lucky[0], 0.62), lucky[1], widened(lucky[2], 1.55), ...lucky.slice(3)]],
    ["翀", [...placed(part("羽"), 0, 0.03, 0.52, 0.94), ...placed(part("中"), 0.46, 0.02, 0.56, 0.96)]],
    ["0", [arc(0.5, 0.5, 0.24, 0.4, -90, -450)]],
    ["1", [line([0.5, 0.1], [0.5, 0.9])]],
    ["2", [[...arc(0.5, 0.32, 0.24, 0.22, -170, 40), ...line([0.26, 0.9], [0.78, 0.9])]]],
    ["3", [[...arc(0.48, 0.3, 0.22, 0.2, -150, 90), ...arc(0.48, 0.7, 0.25, 0.2, -90, 140)]]],
    ["4", [line([0.52, 0.1], [0.24, 0.62], [0.8, 0.62]), line([0.6, 0.35], [0.58, 0.92])]],
    ["5", [[...line([0.36, 0.12], [0.32, 0.46]), ...arc(0.48, 0.66, 0.24, 0.24, -130, 140)], line([0.36, 0.12], [0.74, 0.12])]],
    ["6", [[...line([0.6, 0.1], [0.34, 0.5]), ...arc(0.5, 0.68, 0.2, 0.22, -180, -540)]]],
    ["7", [line([0.26, 0.12], [0.74, 0.12], [0.46, 0.9])]],
    ["8", [[...arc(0.5, 0.3, 0.18, 0.2, -30, -270), ...arc(0.5, 0.7, 0.22, 0.2, -90, 270), ...arc(0.5, 0.3, 0.18, 0.2, 90, -30)]]],
    ["9", [[...arc(0.5, 0.32, 0.2, 0.22, 0, -360), ...line([0.7, 0.34], [0.62, 0.9])]]],
  ]);
}
