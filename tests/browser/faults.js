// What is wrong with the page as it is drawn: a list of sentences, empty for a good page.
({ target, scrolls }) => {
  const found = [];
  const root = document.documentElement;
  const sheet = document.querySelector("dialog[open]");
  const scope = sheet || document;
  const name = (one) => `${one.tagName.toLowerCase()}.${String(one.className.baseVal ?? one.className)} "${(one.innerText || one.value || one.getAttribute("aria-label") || "").slice(0, 20)}"`;
  const seen = (one) => {
    const box = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    return box.width > 2 && box.height > 2 && style.visibility !== "hidden" && style.display !== "none" && !one.closest(".vh");
  };

  if (root.scrollWidth > root.clientWidth + 1) found.push(`scrolls sideways: ${root.scrollWidth} > ${root.clientWidth}`);
  if (!scrolls) {
    if (root.scrollHeight > root.clientHeight + 1) found.push(`scrolls: ${root.scrollHeight} > ${root.clientHeight}`);
    for (const body of document.querySelectorAll(".body, .keys")) {
      const inside = (one) => Array.from(one.children).flatMap((child) => getComputedStyle(child).display === "contents" ? inside(child) : [child]);
      const last = Math.max(...inside(body).filter(seen).map((one) => one.getBoundingClientRect().bottom), 0);
      const bottom = body.getBoundingClientRect().bottom;
      if (last > bottom + 1) found.push(`does not fit: ${name(body)} by ${Math.round(last - bottom)} px`);
    }
  }
  for (const one of scope.querySelectorAll("h1, h2, p, b, small, span, dt, dd, a, button, label, input")) {
    if (!seen(one)) continue;
    if (one.scrollWidth > one.clientWidth + 2 && one.clientWidth > 0 && getComputedStyle(one).display !== "inline" && one.tagName !== "INPUT") found.push(`text sticks out: ${name(one)}`);
    const box = one.getBoundingClientRect();
    if (box.right > root.clientWidth + 1 || box.left < -1) found.push(`beyond the edge: ${name(one)}`);
  }

  for (const one of scope.querySelectorAll("main *, dialog")) {
    const style = getComputedStyle(one);
    if (style.overflowY === "hidden" && one.scrollHeight > one.clientHeight + 1 && seen(one)) found.push(`is cut off: ${name(one)}`);
    if (style.overflowX === "hidden" && one.scrollWidth > one.clientWidth + 1 && seen(one)) found.push(`is cut off at its side: ${name(one)}`);
  }

  // Enter, and the scanner or card reader that types it, presses a form's first button: it must go on, not change the looks
  for (const form of document.querySelectorAll("main form")) {
    const first = Array.from(form.elements).find((one) => one.type === "submit" && !one.disabled);
    if (first && ["large", "dark", "lang", "leave", "back"].includes(first.value)) found.push(`Enter presses ${first.value}`);
  }

  const boxes = [];
  for (const one of scope.querySelectorAll("a[href], button, input:not([type=hidden]), textarea, label.option, label.tick")) {
    if (!seen(one)) continue;
    const whole = one.closest("label.option, label.tick") || one;
    const box = whole.getBoundingClientRect();
    if (box.height < target - 0.5 || box.width < target - 0.5) found.push(`target ${Math.round(box.width)} × ${Math.round(box.height)}: ${name(one)}`);
    if (!boxes.some((other) => other.one === whole)) boxes.push({ one: whole, box });
  }
  for (let i = 0; i < boxes.length; i += 1) {
    for (let j = i + 1; j < boxes.length; j += 1) {
      const a = boxes[i].box, b = boxes[j].box;
      if (boxes[i].one.contains(boxes[j].one) || boxes[j].one.contains(boxes[i].one)) continue;
      if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1) {
        found.push(`lies over another: ${name(boxes[i].one)} / ${name(boxes[j].one)}`);
      }
    }
  }

  // contrast of every text against what is painted under it
  const parse = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
  const light = (rgb) => {
    const [r, g, b] = rgb.slice(0, 3).map((part) => { const c = part / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const under = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || (colour.length === 4 && colour[3] === 1)) return colour;
    }
    return [255, 255, 255];
  };
  const told = new Set();
  const walker = document.createTreeWalker(sheet || document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !seen(one) || one.closest("script, style, title, noscript")) continue;
    const a = light(parse(getComputedStyle(one).color)), b = light(under(one));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 7 && !told.has(one)) { told.add(one); found.push(`contrast ${ratio.toFixed(1)}: ${name(one)}`); }
    const size = parseFloat(getComputedStyle(one).fontSize), rem = parseFloat(getComputedStyle(root).fontSize);
    if (size < 0.855 * rem) found.push(`small text ${(size / rem).toFixed(2)} rem: ${name(one)}`);
  }
  return found;
}
