// The box that ink is drawn in: strokes of one finger, pen or mouse, shown as they are held.
const MOST_STROKES = 40;
const SVG = "http://www.w3.org/2000/svg";

export function drawn(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

const points = (stroke) => stroke.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");

export class InkBox {
  // `changed` is told after each stroke; `strokes` are lists of [x, y] in pixels of the box.
  constructor(label, changed) {
    this.strokes = [];
    this.changed = changed;
    this.guide = drawn("path", { class: "ink-guide", d: "M0 0" });
    this.ink = drawn("g", {});
    this.box = drawn("svg", { class: "ink-box", role: "img", "aria-label": label });
    this.box.append(this.guide, this.ink);
    this.stroke = null;
    this.box.addEventListener("pointerdown", (event) => this.down(event));
    this.box.addEventListener("pointermove", (event) => this.move(event));
    this.box.addEventListener("pointerup", (event) => this.up(event));
    // ink is no swipe: left to itself, the browser takes a quick last stroke for one and swallows the next touch of a key
    this.box.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
    this.box.addEventListener("pointercancel", () => { this.stroke = null; this.show(); });
  }

  // Shows the ink as it is held, with guide lines through the middle.
  show() {
    const { width, height } = this.box.getBoundingClientRect();
    this.guide.setAttribute("d", `M${width / 2} 0V${height}M0 ${height / 2}H${width}`);
    this.ink.replaceChildren(...this.strokes.map((stroke) => drawn("polyline", { class: "ink-stroke", points: points(stroke) })));
  }

  down(event) {
    event.preventDefault();
    // a palm on the glass is a second pointer; only the first one writes
    if (this.stroke || !event.isPrimary || event.button > 0 || this.strokes.length >= MOST_STROKES) return;
    this.box.setPointerCapture(event.pointerId);
    this.stroke = [];
    this.line = drawn("polyline", { class: "ink-stroke" });
    this.ink.append(this.line);
    this.add(event);
  }

  move(event) {
    if (!this.stroke || !event.isPrimary) return;
    for (const one of event.getCoalescedEvents?.() || []) this.add(one);
    this.add(event);
  }

  add(event) {
    const frame = this.box.getBoundingClientRect();
    this.stroke.push([event.clientX - frame.left, event.clientY - frame.top]);
    this.line.setAttribute("points", points(this.stroke));
  }

  up(event) {
    if (!this.stroke || !event.isPrimary) return;
    const { stroke } = this, [[x, y]] = stroke, size = this.box.getBoundingClientRect().height / 25;
    // a dot that was only touched is written down to the right, as everybody writes one
    if (stroke.every(([a, b]) => Math.hypot(a - x, b - y) < size / 4)) stroke.push([x + size, y + size]);
    this.strokes.push(stroke);
    this.stroke = null;
    this.show();
    this.changed();
  }

  undo() {
    this.strokes.pop();
    this.show();
    this.changed();
  }

  clear() {
    this.strokes = [];
    this.show();
    this.changed();
  }
}
