// Measures the shipped recogniser: `node bench/input/ours.mjs INKS`, a JSON line for each set and case.
import { readFileSync } from "node:fs";
import { Recogniser } from "../../static/kiosk/recogniser.mjs";

const data = readFileSync(new URL("../../static/kiosk/data/handwriting.bin", import.meta.url));
const known = new Recogniser(Uint8Array.from(data).buffer);
for (const { set, case: name, inks } of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  const began = performance.now(), places = inks.map(([text, strokes]) => known.recognise(strokes, 10).indexOf(text) + 1);
  const each = (performance.now() - began) / inks.length;
  process.stdout.write(`${JSON.stringify({ set, case: name, places, ms: each })}\n`);
}
