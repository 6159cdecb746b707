// How hands differ: a drawing made crooked, slanted, joined, out of order, by chance that repeats (a seed).

export function chance(seed) {
  let state = seed >>> 0;
  const even = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  // the sum of six is close to a normal distribution of deviation 1
  const normal = () => { let sum = -3; for (let i = 0; i < 6; i += 1) sum += even(); return sum * 1.414; };
  return { even, normal };
}

function dense(stroke, step = 0.04) {
  const out = [stroke[0]];
  for (let i = 1; i < stroke.length; i += 1) {
    const [ax, ay] = stroke[i - 1], [bx, by] = stroke[i];
    const parts = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / step));
    for (let j = 1; j <= parts; j += 1) out.push([ax + (bx - ax) * j / parts, ay + (by - ay) * j / parts]);
  }
  return out;
}

// Cuts off the hook at the end of a stroke, which few people write.
function unhooked(stroke) {
  for (let i = stroke.length - 2; i > stroke.length * 0.6; i -= 1) {
    const way = (a, b) => Math.atan2(stroke[b][1] - stroke[a][1], stroke[b][0] - stroke[a][0]);
    const turn = Math.abs(way(i - 1, i) - way(i, i + 1));
    if (Math.min(turn, 2 * Math.PI - turn) > 1.4) return stroke.slice(0, i + 1);
  }
  return stroke;
}

function shuffled(list, even) {
  const out = [...list];
  for (let i = out.length - 1; i > 0; i -= 1) {
    const j = Math.floor(even() * (i + 1));
    [out[i], out[j]] = [out[j], out[i]];
  }
  return out;
}

// A field of 4 × 4 random pushes, smooth between them.
function field(normal, strength) {
  const push = Array.from({ length: 16 }, () => normal() * strength);
  return (x, y) => {
    const fx = Math.min(2.999, Math.max(0, x * 3)), fy = Math.min(2.999, Math.max(0, y * 3));
    const i = Math.floor(fx), j = Math.floor(fy), a = fx - i, b = fy - j, at = j * 4 + i;
    return push[at] * (1 - a) * (1 - b) + push[at + 1] * a * (1 - b) + push[at + 4] * (1 - a) * b + push[at + 5] * a * b;
  };
}

// One stroke a little off its place, turned, longer or shorter, bent.
function strayed(stroke, { normal }, much) {
  const mean = (axis) => stroke.reduce((sum, point) => sum + point[axis], 0) / stroke.length;
  const mx = mean(0), my = mean(1), last = stroke.length - 1;
  const tx = normal() * much, ty = normal() * much, turn = normal() * much * 4, size = Math.exp(normal() * much * 5);
  const c = Math.cos(turn) * size, s = Math.sin(turn) * size, bend = normal() * much * 4;
  const nx = -(stroke[last][1] - stroke[0][1]), ny = stroke[last][0] - stroke[0][0];
  return stroke.map(([x, y], i) => {
    const k = i / (last || 1), arc = bend * k * (1 - k);
    return [mx + tx + (x - mx) * c - (y - my) * s + nx * arc, my + ty + (x - mx) * s + (y - my) * c + ny * arc];
  });
}

function joined(list, even, often) {
  const out = [];
  for (const stroke of list) {
    if (out.length && even() < often) out[out.length - 1] = [...out[out.length - 1], ...stroke];
    else out.push(stroke);
  }
  return out;
}

// `how`: slant, scale, warp, stray, tremble (deviations); hook, shuffle, reverse, miss, extra, join (how often, 0 to 1).
export function scribble(strokes, luck, how) {
  const { even, normal } = luck;
  let list = strokes.map((stroke) => dense(stroke));
  if (how.hook) list = list.map((stroke) => (even() < how.hook ? unhooked(stroke) : stroke));
  if (how.shuffle && even() < how.shuffle) list = shuffled(list, even);
  if (how.reverse) list = list.map((stroke) => (even() < how.reverse ? [...stroke].reverse() : stroke));
  if (how.miss && list.length >= 4 && even() < how.miss) list.splice(Math.floor(even() * list.length), 1);
  if (how.extra && even() < how.extra) {
    const x = even(), y = even();
    list.push(dense([[x, y], [x + 0.15 * normal(), y + 0.15 * normal()]]));
  }
  const turn = normal() * how.slant * 0.5, shear = normal() * how.slant, c = Math.cos(turn), s = Math.sin(turn);
  const kx = Math.exp(normal() * how.scale), ky = Math.exp(normal() * how.scale);
  const pushX = field(normal, how.warp), pushY = field(normal, how.warp);
  list = list.map((stroke) => strayed(stroke, luck, how.stray).map(([ox, oy]) => {
    const x = ox + pushX(ox, oy) - 0.5, y = oy + pushY(ox, oy) - 0.5;
    const px = x * kx + y * shear, py = y * ky;
    return [0.5 + px * c - py * s + normal() * how.tremble, 0.5 + px * s + py * c + normal() * how.tremble];
  }));
  return how.join ? joined(list, even, how.join) : list;
}
