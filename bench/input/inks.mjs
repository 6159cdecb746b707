// Writes the drawings that recognisers are measured on: `node bench/input/inks.mjs ARCHIVE KANJIVG WORDS OUTPUT`.
// Two hands: the stroke data that the recogniser learned from, and KanjiVG, drawn by others and never learned from.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fromArchive } from "../../install/handwriting/drawings.mjs";
import { chance, scribble } from "../../install/handwriting/scribble.mjs";

const EVERY = 10;        // of the characters that both hands have
const still = { slant: 0, scale: 0, warp: 0, stray: 0, tremble: 0 };
const hand = { slant: 0.1, scale: 0.12, warp: 0.03, stray: 0.02, tremble: 0.006, hook: 0.3 };
const CASES = {
  "as printed": still,
  "a hand": hand,
  "any order": { ...hand, shuffle: 1 },
  "slanted": { ...hand, slant: 0.25 },
  "joined": { ...hand, join: 0.3 },
  "joined, any order": { ...hand, join: 0.3, shuffle: 1 },
  "backwards": { ...hand, reverse: 0.15 },
  "a stroke missing": { ...hand, miss: 1 },
  "a stroke too many": { ...hand, extra: 1 },
  "shaking": { ...hand, warp: 0.05, stray: 0.035, tremble: 0.01, join: 0.15 },
};

// Lines and cubic curves of an SVG path as points.
function outline(path) {
  const parts = path.match(/[A-Za-z]|-?\d*\.?\d+(?:e-?\d+)?/g), points = [];
  let at = 0, x = 0, y = 0, bendX = 0, bendY = 0, command = "";
  const number = () => Number(parts[at++]);
  while (at < parts.length) {
    if (/[A-Za-z]/.test(parts[at])) command = parts[at++];
    const [fromX, fromY] = command === command.toLowerCase() ? [x, y] : [0, 0];
    const kind = command.toUpperCase();
    if (kind === "M" || kind === "L") {
      [x, y] = [fromX + number(), fromY + number()];
      [bendX, bendY] = [x, y];
      points.push([x, y]);
      if (kind === "M") command = command === "m" ? "l" : "L";
      continue;
    }
    const [ax, ay] = kind === "S" ? [2 * x - bendX, 2 * y - bendY] : [fromX + number(), fromY + number()];
    [bendX, bendY] = [fromX + number(), fromY + number()];
    const [toX, toY] = [fromX + number(), fromY + number()];
    for (let k = 1; k <= 8; k += 1) {
      const t = k / 8, m = 1 - t, w = [m * m * m, 3 * m * m * t, 3 * m * t * t, t * t * t];
      points.push([w[0] * x + w[1] * ax + w[2] * bendX + w[3] * toX, w[0] * y + w[1] * ay + w[2] * bendY + w[3] * toY]);
    }
    [x, y] = [toX, toY];
  }
  return points;
}

function kanjivg(folder) {
  const found = new Map();
  for (const name of readdirSync(folder).filter((one) => /^[0-9a-f]{5}\.svg$/.test(one))) {
    const text = readFileSync(join(folder, name), "utf8");
    const strokes = [...text.matchAll(/<path[^>]* d="([^"]+)"/g)].map(([, path]) => outline(path).map(([x, y]) => [x / 109, y / 109]));
    found.set(String.fromCodePoint(parseInt(name, 16)), strokes);
  }
  return found;
}

function inGb2312() {
  const decode = new TextDecoder("gb2312"), out = [];
  for (let high = 0xb0; high < 0xf8; high += 1) {
    for (let low = 0xa1; low < 0xff; low += 1) if (high !== 0xd7 || low <= 0xf9) out.push(decode.decode(Uint8Array.of(high, low)));
  }
  return out;
}

const [archive, others, words, output] = process.argv.slice(2);
const learned = fromArchive(archive), foreign = kanjivg(others), everyday = inGb2312();
// where both write a character with as many strokes it is the same form; 直 and 骨 of Japan have others
const both = everyday.filter((text) => foreign.has(text) && learned.get(text).length === foreign.get(text).length);
const written = [...new Set(readFileSync(words, "utf8").split(/\s+/).join(""))].filter((text) => learned.has(text));
const sets = {
  "other hand": both.filter((_, i) => i % EVERY === 0).map((text) => [text, foreign.get(text)]),
  "own hand": everyday.filter((_, i) => i % (2 * EVERY) === 0).map((text) => [text, learned.get(text)]),
  "words, other hand": written.filter((text) => both.includes(text)).map((text) => [text, foreign.get(text)]),
  "words, own hand": written.map((text) => [text, learned.get(text)]),
};
const whole = (strokes) => strokes.map((stroke) => stroke.map(([x, y]) => [Math.round(300 + 400 * x), Math.round(300 + 400 * y)]));
const out = Object.entries(sets).flatMap(([set, drawings]) => Object.entries(CASES).map(([name, how]) => {
  const luck = chance(99);
  return { set, case: name, inks: drawings.map(([text, strokes]) => [text, whole(scribble(strokes, luck, how))]) };
}));
writeFileSync(output, JSON.stringify(out));
