// Writing one's name on the glass. The strokes go into a plain hidden field as SVG polylines, on a ground of 600 × 200.
"use strict";
(() => {
  const WIDE = 600, HIGH = 200, NEAR = 2, MOST = 3000;
  const NS = "http://www.w3.org/2000/svg";

  const open = (pen) => {
    const kept = document.getElementById(pen.dataset.pen);
    const ground = pen.querySelector("svg");
    const clear = document.querySelector("[data-pen-clear]");
    let strokes = kept.value ? kept.value.split(";") : [];
    let points = [], drawn = null, pointer = null;

    const keep = () => { kept.value = strokes.join(";"); clear.disabled = !strokes.length; };
    const place = (event) => {
      const box = ground.getBoundingClientRect();
      const x = Math.round((event.clientX - box.left) / box.width * WIDE), y = Math.round((event.clientY - box.top) / box.height * HIGH);
      return [Math.min(Math.max(x, 0), WIDE), Math.min(Math.max(y, 0), HIGH)];
    };
    const add = (event) => {
      const [x, y] = place(event), last = points[points.length - 1];
      if ((last && Math.hypot(x - last[0], y - last[1]) < NEAR) || kept.value.length + points.length * 8 > MOST * 8) return;
      points.push([x, y]);
      drawn.setAttribute("points", points.map((one) => one.join(",")).join(" "));
    };

    pen.classList.add("ready");
    clear.hidden = false;
    ground.addEventListener("pointerdown", (event) => {
      if (pointer !== null) return;   // the ball of the hand lies on the glass too
      pointer = event.pointerId;
      ground.setPointerCapture(pointer);
      points = [];
      drawn = document.createElementNS(NS, "polyline");
      ground.append(drawn);
      add(event);
      event.preventDefault();
    });
    ground.addEventListener("pointermove", (event) => {
      if (event.pointerId === pointer) for (const one of event.getCoalescedEvents?.() || [event]) add(one);
    });
    const lift = (event) => {
      if (event.pointerId !== pointer) return;
      pointer = null;
      if (points.length) strokes.push(points.map((one) => one.join(",")).join(" "));
      keep();
    };
    ground.addEventListener("pointerup", lift);
    ground.addEventListener("pointercancel", lift);
    clear.addEventListener("click", () => { strokes = []; ground.querySelectorAll("polyline").forEach((one) => one.remove()); keep(); });
    keep();
  };

  document.querySelectorAll("[data-pen]").forEach(open);
})();
