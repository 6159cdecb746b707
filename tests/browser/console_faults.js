// What is wrong with the console page as it is drawn: a list of sentences, empty for a good page.
() => {
  const found = [];
  const root = document.documentElement;
  const name = (one) => `${one.tagName.toLowerCase()}.${String(one.className.baseVal ?? one.className)} "${(one.innerText || one.value || "").slice(0, 24)}"`;
  const seen = (one) => {
    const box = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    const head = one.closest("thead");   // cards hide the head of their table from eyes, not from readers
    return box.width > 2 && box.height > 2 && style.visibility !== "hidden" && !one.closest(".vh")
      && !(head && getComputedStyle(head).position === "absolute");
  };
  if (root.scrollWidth > root.clientWidth + 1) found.push(`scrolls sideways: ${root.scrollWidth} > ${root.clientWidth}`);

  for (const one of document.querySelectorAll("h1, h2, p, b, span, dt, dd, a, button, label, input, select, td, th, li")) {
    if (!seen(one)) continue;
    const box = one.getBoundingClientRect();
    if (box.right > root.clientWidth + 1 || box.left < -1) found.push(`beyond the edge: ${name(one)}`);
  }
  for (const one of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")) {
    if (!seen(one)) continue;
    // a link inside a sentence may be as high as its line (WCAG 2.5.8), and a box in a label is hit by its label
    if (getComputedStyle(one).display === "inline" || one.closest("label")) continue;
    const box = one.getBoundingClientRect();
    if (box.height < 23.5 || box.width < 23.5) found.push(`target ${Math.round(box.width)} × ${Math.round(box.height)}: ${name(one)}`);
  }

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
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !seen(one) || one.closest("script, style, svg") || told.has(one)) continue;
    told.add(one);
    const a = light(parse(getComputedStyle(one).color)), b = light(under(one));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 7) found.push(`contrast ${ratio.toFixed(1)}: ${name(one)}`);
    if (parseFloat(getComputedStyle(one).fontSize) < 12.4) found.push(`small text: ${name(one)}`);
  }
  return found;
}
