// Makes static/kiosk/data/handwriting.bin: `node install/handwriting/learn.mjs ARCHIVE PINYIN OUTPUT`, a minute.
// install/handwriting/build.py calls it with the pinned archive. The same inputs give the same bytes.
import { readFileSync, writeFileSync } from "node:fs";
import { FEATURES, FORMAT, features } from "../../static/kiosk/recogniser.mjs";
import { added, fromArchive } from "./drawings.mjs";
import { cholesky, leading, solveLower, solveUpper, symmetric } from "./matrix.mjs";
import { chance, scribble } from "./scribble.mjs";

const WIDE = 128;        // figures kept of 512
const HANDS = 24;        // scribbled drawings of each character
const TOLD = 8;          // of these, how many tell what differs within a character; of every third character
const luck = chance(7);

// Hands from neat to wild.
function hand() {
  const wild = 0.4 + 1.3 * luck.even();
  return { slant: 0.16 * wild, scale: 0.15 * wild, warp: 0.035 * wild, stray: 0.025 * wild, tremble: 0.005 * wild,
    join: 0.4 * luck.even(), shuffle: 0.2, miss: 0.06, extra: 0.06, hook: 0.4, reverse: luck.even() < 0.3 ? 0.12 : 0 };
}

// How common each character is, a to z, as the pinyin index weighs it; what is not in it is `a`.
function commonness(path) {
  const found = new Map();
  const section = readFileSync(path, "utf8").split("\n#").find((part) => part.startsWith("characters\n"));
  for (const row of section.split("\n").slice(1)) {
    for (const [, letter, texts] of row.split("\t")[1]?.matchAll(/([a-z])([^a-z]+)/g) ?? []) {
      for (const text of texts) if (!(found.get(text) > letter)) found.set(text, letter);
    }
  }
  return (text) => found.get(text) ?? (/[0-9]/.test(text) ? "h" : "a");
}

// The mean of each character and how drawings of one character differ (the lower triangle of the covariance).
function observe(drawings) {
  const means = drawings.map(() => new Float64Array(FEATURES)), within = new Float64Array(FEATURES * FEATURES);
  let told = 0;
  drawings.forEach((strokes, one) => {
    const mean = means[one], seen = Array.from({ length: HANDS }, () => features(scribble(strokes, luck, hand())));
    for (const drawn of seen) for (let i = 0; i < FEATURES; i += 1) mean[i] += drawn[i] / HANDS;
    if (one % 3) return;
    for (const drawn of seen.slice(0, TOLD)) {
      const off = drawn.map((value, i) => value - mean[i]);
      for (let i = 0; i < FEATURES; i += 1) for (let j = 0; j <= i; j += 1) within[i * FEATURES + j] += off[i] * off[j];
      told += 1;
    }
  });
  return { means, within: symmetric(within.map((value) => value / told), FEATURES) };
}

function between(means, middle) {
  const out = new Float64Array(FEATURES * FEATURES);
  for (const mean of means) {
    const off = mean.map((value, i) => value - middle[i]);
    for (let i = 0; i < FEATURES; i += 1) for (let j = 0; j <= i; j += 1) out[i * FEATURES + j] += off[i] * off[j] / means.length;
  }
  return symmetric(out, FEATURES);
}

// The directions in which characters differ most beside how hands differ: rows of WIDE × 512.
function discriminant(means, within, middle) {
  const trace = Array.from({ length: FEATURES }, (_, i) => within[i * FEATURES + i]).reduce((a, b) => a + b);
  for (let i = 0; i < FEATURES; i += 1) within[i * FEATURES + i] += 0.1 * trace / FEATURES;   // fields that are nearly always empty
  const lower = cholesky(within, FEATURES);
  const white = solveLower(lower, solveLower(lower, between(means, middle), FEATURES), FEATURES);
  return leading(white, FEATURES, WIDE, chance(3)).map((row) => solveUpper(lower, row, FEATURES));
}

const [archive, pinyin, output] = process.argv.slice(2);
const found = fromArchive(archive);
const all = [...new Map([...found, ...added(found)])].sort(([a], [b]) => a.codePointAt(0) - b.codePointAt(0));
const common = commonness(pinyin);
const { means, within } = observe(all.map(([, strokes]) => strokes));
const middle = new Float64Array(FEATURES);
for (const mean of means) for (let i = 0; i < FEATURES; i += 1) middle[i] += mean[i] / means.length;
const rows = discriminant(means, within, middle);
const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
const shift = rows.map((row) => dot(row, middle));
const points = means.map((mean) => rows.map((row, line) => dot(row, mean) - shift[line]));
const most = (values) => values.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
const unit = most(points.map(most)) / 127;
const factors = rows.map((row) => most([...row]) / 127);
const bytes = new Int8Array(WIDE * FEATURES + WIDE * all.length);
rows.forEach((row, line) => row.forEach((value, i) => { bytes[line * FEATURES + i] = Math.round(value / factors[line]); }));
points.forEach((point, one) => point.forEach((value, i) => { bytes[WIDE * FEATURES + one * WIDE + i] = Math.round(value / unit); }));
const short = (values) => values.map((value) => Number(value.toPrecision(7)));
const head = { format: FORMAT, wide: WIDE, unit: Number(unit.toPrecision(7)), row: short(factors), shift: short(shift),
  texts: all.map(([text]) => text).join(""), common: all.map(([text]) => common(text)).join("") };
writeFileSync(output, Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), Buffer.from(bytes.buffer)]));
process.stdout.write(`${output}: ${all.length} characters\n`);
