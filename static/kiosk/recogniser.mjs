// Which character is written: strokes in, candidates out. Nothing leaves this page, nothing is learned or kept.
//
// What is compared is the drawing, not the way it was drawn: how much ink runs in which of eight directions through
// each of 8 × 8 fields (512 figures). So the order of the strokes and their number do not matter. A matrix made from
// many scribbled drawings (linear discriminant analysis) keeps what tells characters apart, and the nearest wins.
// install/handwriting/ makes the file that is read here, with these same features; docs/input.md has the figures.

const GRID = 8;
const WAYS = 8;
export const FEATURES = GRID * GRID * WAYS;
export const FORMAT = "yizhan-handwriting 1";
const REACH = 2.2;          // half the box, in standard deviations of the ink
const STEP = 0.02;          // longest piece of a line that counts as one point
const FREQUENT = 1.5;       // how much nearer a character counts for each step of being common (measured: docs/input.md)

// Where the ink lies and how far it spreads: the mean of its length and twice its deviation fill the box.
function frame(strokes) {
  let total = 0, mx = 0, my = 0, vx = 0, vy = 0;
  const pieces = [];
  for (const stroke of strokes) {
    for (let i = 1; i < stroke.length; i += 1) {
      const [ax, ay] = stroke[i - 1], [bx, by] = stroke[i];
      const long = Math.hypot(bx - ax, by - ay);
      pieces.push([ax, ay, bx, by, long]);
      total += long;
      mx += long * (ax + bx) / 2;
      my += long * (ay + by) / 2;
    }
  }
  if (!total) return null;
  mx /= total;
  my /= total;
  for (const [ax, ay, bx, by, long] of pieces) {
    vx += long * (((ax + bx) / 2 - mx) ** 2 + (bx - ax) ** 2 / 12);
    vy += long * (((ay + by) / 2 - my) ** 2 + (by - ay) ** 2 / 12);
  }
  const sx = Math.sqrt(vx / total), sy = Math.sqrt(vy / total);
  const most = Math.max(sx, sy);
  // a flat character stays flat, though less so: 一 must not become a square
  const other = Math.sqrt(Math.sin(Math.PI / 2 * Math.min(sx, sy) / most));
  const scale = (own, wide) => (own < most / 1000 ? 0 : (wide ? 1 : other) / own / (2 * REACH));
  return { pieces, mx, my, kx: scale(sx, sx >= sy), ky: scale(sy, sy >= sx) };
}

// Adds a point of ink to the four fields around it, in its two nearest directions.
function drop(out, x, y, ink, way, turn) {
  const gx = Math.min(GRID - 1, Math.max(0, x * GRID - 0.5)), gy = Math.min(GRID - 1, Math.max(0, y * GRID - 0.5));
  const column = Math.min(GRID - 2, Math.floor(gx)), row = Math.min(GRID - 2, Math.floor(gy));
  const fx = gx - column, fy = gy - row, next = (way + 1) % WAYS;
  for (let corner = 0; corner < 4; corner += 1) {
    const right = corner & 1, below = corner >> 1;
    const share = ink * (right ? fx : 1 - fx) * (below ? fy : 1 - fy);
    const at = ((row + below) * GRID + column + right) * WAYS;
    out[at + way] += share * (1 - turn);
    out[at + next] += share * turn;
  }
}

// The 512 figures of a drawing; strokes are lists of [x, y], y down, in any unit.
export function features(strokes, out = new Float32Array(FEATURES)) {
  out.fill(0);
  const framed = frame(strokes);
  if (!framed) return out;
  const { pieces, mx, my, kx, ky } = framed;
  for (const [fromX, fromY, toX, toY] of pieces) {
    const ax = (fromX - mx) * kx + 0.5, ay = (fromY - my) * ky + 0.5;
    const dx = (toX - fromX) * kx, dy = (toY - fromY) * ky, long = Math.hypot(dx, dy);
    if (long < 1e-6) continue;
    const angle = (Math.atan2(dy, dx) / (2 * Math.PI) * WAYS + WAYS) % WAYS;
    const way = Math.floor(angle), parts = Math.max(1, Math.ceil(long / STEP));
    for (let part = 0; part < parts; part += 1) {
      const t = (part + 0.5) / parts;
      drop(out, ax + dx * t, ay + dy * t, long / parts, way % WAYS, angle - way);
    }
  }
  for (let i = 0; i < FEATURES; i += 1) out[i] = Math.sqrt(out[i]);
  return out;
}

export class Recogniser {
  // Reads the built file: a line of JSON, then the matrix and the characters as signed bytes.
  constructor(buffer) {
    const bytes = new Uint8Array(buffer);
    const end = bytes.indexOf(10);
    const head = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)));
    if (head.format !== FORMAT) throw new Error(`not ${FORMAT}`);
    this.texts = [...head.texts];
    this.wide = head.wide;
    this.common = Float32Array.from(head.common, (letter) => FREQUENT * (letter.charCodeAt(0) - 97));
    this.unit = head.unit;
    const signed = new Int8Array(bytes.buffer, bytes.byteOffset + end + 1);
    this.matrix = signed.subarray(0, this.wide * FEATURES);
    this.known = signed.subarray(this.wide * FEATURES);
    if (this.known.length !== this.wide * this.texts.length) throw new Error("the handwriting file is cut short");
    this.row = Float32Array.from(head.row, (factor) => factor / head.unit);
    this.shift = Float32Array.from(head.shift, (value) => value / head.unit);
  }

  static async open(url) {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(String(answer.status));
    return new Recogniser(await answer.arrayBuffer());
  }

  // The drawing as `wide` figures, in the unit of the stored characters.
  project(strokes) {
    const drawn = features(strokes);
    return this.row.map((factor, line) => {
      let sum = 0;
      for (let i = 0, at = line * FEATURES; i < FEATURES; i += 1, at += 1) sum += this.matrix[at] * drawn[i];
      return sum * factor - this.shift[line];
    });
  }

  // The characters that the drawing may be, best first.
  recognise(strokes, limit = 10) {
    const { wide, known, common, unit } = this;
    if (!strokes.some((stroke) => stroke.length > 1)) return [];
    const drawn = this.project(strokes), best = [];
    for (let one = 0, at = 0; one < this.texts.length; one += 1, at = one * wide) {
      const worst = best.length < limit ? Infinity : best[limit - 1].far;
      const most = (worst + common[one]) / (unit * unit);
      let sum = 0;
      for (let i = 0; i < wide && sum < most; i += 1) sum += (drawn[i] - known[at + i]) ** 2;
      const far = sum * unit * unit - common[one];
      if (far >= worst) continue;
      let place = Math.min(best.length, limit - 1);
      for (; place > 0 && best[place - 1].far > far; place -= 1) best[place] = best[place - 1];
      best[place] = { text: this.texts[one], far };
    }
    return best.map((found) => found.text);
  }
}
