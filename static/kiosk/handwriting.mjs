// The writing box beside the pinyin keys: two tabs, 手写 and 拼音; ink in a box, candidates after each stroke.
// Without this script the pinyin keys stand alone; without any script the field is a plain input.
import { InkBox, drawn } from "./ink_box.mjs";
import { Recogniser } from "./recogniser.mjs";

const WORDS = {
  zh: { ink: "手写", pinyin: "拼音", panel: "手写", hint: "在框里写一个字", pick: "按一下要的字", none: "没认出来，重写一遍",
    loading: "正在准备……", fault: "现在认不了手写，请用拼音", choose: "先按一下要的字，或者重写", box: "写字的框，用手指或鼠标写",
    candidates: "候选字", undo: "退一笔", again: "重写", erase: "删一个字", more: "更多", back: "回到框" },
  en: { ink: "Write", pinyin: "Pinyin", panel: "Handwriting", hint: "Write one character", pick: "Touch the right one",
    none: "Not recognised; write again", loading: "Getting ready", fault: "Writing does not work; use pinyin",
    choose: "First touch the right one", box: "Box to write in with a finger or a mouse", candidates: "Candidates",
    undo: "Undo stroke", again: "Again", erase: "Delete one", more: "More", back: "Box" },
};
const DATA = "/static/kiosk/data/handwriting.bin";
const FEW = 10;          // keys in the row
const MANY = 40;         // and behind 更多

let opening = null;
const recogniser = () => { opening ||= Recogniser.open(DATA); return opening; };

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function icon(name) {
  const made = drawn("svg", { class: "icon", "aria-hidden": "true", focusable: "false" });
  made.append(drawn("use", { href: `/static/icons.svg#${name}` }));
  return made;
}

function button(text, className, act, picture) {
  const made = element("button", `key py-key ${className}`);
  made.type = "button";
  if (picture) made.append(icon(picture));
  made.append(element("span", "", text));
  // the caret stays in the field: a finger on a key must not move the focus
  made.addEventListener("pointerdown", (event) => event.preventDefault());
  made.addEventListener("click", act);
  return made;
}

class WritingBox {
  constructor(keys, field) {
    this.keys = keys;                // the pinyin panel, which is shown instead
    this.field = field;
    this.found = [];
    this.asked = 0;
    const words = WORDS[document.documentElement.lang.startsWith("en") ? "en" : "zh"];
    this.word = (name) => words[name];
    this.draw();
    this.guardSubmit();
    // what was used last stays for the visit: the answer carries it along
    this.hand = field.form?.querySelector('input[name="hand"]');
    this.show(this.hand?.value === "ink");
  }

  draw() {
    this.host = element("div", "keys pinyin ink-panel");
    this.host.setAttribute("role", "group");
    this.host.setAttribute("aria-label", this.word("panel"));
    this.hint = element("span", "py-hint", this.word("hint"));
    const typed = element("p", "py-typed");
    typed.setAttribute("role", "status");
    typed.append(this.hint);
    const head = element("div", "py-head");
    head.append(typed);
    this.row = element("div", "py-row");
    this.row.setAttribute("role", "group");
    this.row.setAttribute("aria-label", this.word("candidates"));
    this.stage = element("div", "py-stage ink-stage");
    this.host.append(head, this.row, this.stage);
    this.keys.before(this.host);
    this.pad = new InkBox(this.word("box"), () => this.changed());
    this.tools = element("div", "ink-tools");
    this.tools.append(
      button(this.word("undo"), "py-word", () => this.pad.undo(), "undo"),
      button(this.word("again"), "py-word", () => this.pad.clear(), "no"),
      button(this.word("erase"), "py-word", () => this.erase(), "erase"),
    );
    this.stage.append(this.pad.box, this.tools);
    this.tabs = [this.host, this.keys].map((panel, at) => {
      const tabs = element("div", "ink-tabs");
      const make = (ink) => {
        const made = button(this.word(ink ? "ink" : "pinyin"), "py-word ink-tab", () => this.turn(ink), ink ? "pen" : "keyboard");
        made.setAttribute("aria-pressed", String(ink === (at === 0)));
        return made;
      };
      tabs.append(make(true), make(false));
      panel.querySelector(".py-head").append(tabs);
      return tabs;
    });
  }

  async changed() {
    this.asked += 1;
    const asked = this.asked, { strokes } = this.pad;
    this.backToBox();
    if (!strokes.length) { this.found = []; this.drawRow(); this.say("hint"); return; }
    try {
      const known = await recogniser();
      if (asked !== this.asked) return;
      this.found = known.recognise(strokes, MANY);
      this.drawRow();
      this.say(this.found.length ? "pick" : "none");
    } catch {
      this.say("fault", true);
    }
  }

  say(name, strong) {
    this.hint.textContent = this.word(name);
    this.host.classList.remove("ink-held");   // only a page that was held says it loudly
    this.hint.classList.toggle("py-strong", Boolean(strong));
  }

  option(text, best) {
    const made = button(text, best ? "py-option py-best" : "py-option", () => this.choose(text));
    made.lang = "zh";
    return made;
  }

  drawRow() {
    this.row.replaceChildren(...this.found.slice(0, FEW).map((text, at) => this.option(text, at === 0)));
    if (!this.found.length) return;
    const options = [...this.row.children];
    this.row.append(button(this.word("more"), "py-word py-more", () => this.wide(options.filter((one) => one.isConnected).length)));
    while (options.length > 1 && this.row.scrollWidth > this.row.clientWidth) options.pop().remove();
  }

  // The other candidates in the place of the box.
  wide(from) {
    const grid = element("div", "py-grid");
    const height = this.stage.offsetHeight;
    const back = button(this.word("back"), "py-word", () => this.backToBox());
    const column = element("div", "ink-tools");
    column.append(back);
    this.stage.replaceChildren(grid, column);
    for (const text of this.found.slice(from)) {
      const made = this.option(text, false);
      grid.append(made);
      if (grid.scrollHeight > height + 1 || this.stage.scrollHeight > height + 1) { made.remove(); break; }
    }
  }

  backToBox() {
    if (!this.pad.box.isConnected) { this.stage.replaceChildren(this.pad.box, this.tools); this.pad.show(); }
  }

  choose(text) {
    const { field } = this;
    const { selectionStart: start, selectionEnd: end, value } = field;
    const room = field.maxLength < 0 ? Infinity : field.maxLength - value.length + (end - start);
    if (text.length > room || field.disabled || field.readOnly) return;
    field.setRangeText(text, start, end, "end");
    this.pad.clear();
    this.told();
  }

  erase() {
    const { selectionStart: start, selectionEnd: end, value } = this.field;
    // by code point: 𠮷 is two units and one character
    const gone = start === end ? ([...value.slice(0, start)].pop() || "").length : 0;
    this.field.setRangeText("", start - gone, end, "end");
    this.told();
  }

  told() {
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    if (!this.host.contains(document.activeElement)) this.field.focus({ preventScroll: true });
  }

  turn(ink) {
    this.show(ink);
    if (this.hand) this.hand.value = ink ? "ink" : "pinyin";
    const tab = this.tabs[ink ? 0 : 1].children[ink ? 0 : 1];
    // a tab that was reached by the tab key keeps the focus in its place on the other panel
    if (document.activeElement !== this.field) tab.focus({ preventScroll: true });
  }

  show(ink) {
    this.host.hidden = !ink;
    this.keys.hidden = ink;
    if (!ink) { this.pad.clear(); return; }
    this.pad.show();
    // what takes long is read while the first stroke is drawn
    if (!matchMedia("(max-width: 700px)").matches) recogniser().catch(() => this.say("fault", true));
  }

  guardSubmit() {
    this.field.form?.addEventListener("submit", (event) => {
      const goes = !event.submitter || event.submitter.value === "next" || event.submitter.classList.contains("go");
      if (!this.pad.strokes.length || !goes) return;
      // a character that was written and not chosen would be lost without a word
      event.preventDefault();
      event.stopImmediatePropagation();
      this.say("choose", true);
      this.host.classList.add("ink-held");
    }, true);
    window.addEventListener("resize", () => { if (!this.host.hidden) this.pad.show(); });
  }
}

function enhance() {
  for (const keys of document.querySelectorAll('[data-keys="pinyin"].pinyin:not([data-ink])')) {
    const field = document.getElementById(keys.dataset.for);
    if (!field) continue;
    keys.dataset.ink = "yes";
    new WritingBox(keys, field);
  }
}

document.addEventListener("htmx:load", enhance);
enhance();
