// Pinyin keys on the screen: <div data-keys="pinyin" data-for="FIELD_ID"></div> beside an input or a textarea.
// Letters go to this machine only (POST, never in an address) and nothing is kept when the page is left.
// Words: data-label-NAME on the element, else the table below by the document's language.
(() => {
  "use strict";

  const WORDS = {
    zh: { panel: "拼音键盘", hint: "按候选字；整个名字也能选", idle: "按字母拼出来", choose: "先在候选字里按一个", none: "没有这个拼音，按 ⌫ 改一改",
      fault: "现在拼不了字，请找人帮忙", candidates: "候选字", more: "更多", back: "回到字母", previous: "上一页", next: "下一页",
      split: "分词", erase: "删一个", digits: "123", letters: "拼音", capitals: "ABC", space: "空格", line: "换行", dot: "·", dotName: "间隔点", clear: "全清" },
    en: { panel: "Pinyin keys", hint: "Touch the right characters", idle: "Touch letters to spell", choose: "Choose characters first",
      none: "No such pinyin; use ⌫", fault: "Spelling does not work now; ask for help", candidates: "Candidates", more: "More",
      back: "Letters", previous: "Previous", next: "Next", split: "Split", erase: "Delete one", digits: "123", letters: "Pinyin",
      capitals: "ABC", space: "Space", line: "New line", dot: "·", dotName: "Middle dot", clear: "Clear" },
  };
  const ROWS = { letters: ["qwertyuiop", "asdfghjkl", "zxcvbnm"], capitals: ["QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"],
    digits: ["1234567890", "，。、；：？（）—", "-/#.,“”"] };
  const LONGEST = 60;      // letters, as edge/kiosk/keys.py takes them
  const PAGE = 40;         // candidates in one answer
  const SVG = "http://www.w3.org/2000/svg";

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function button(text, className, act, name) {
    const made = element("button", `key py-key ${className}`, text);
    made.type = "button";
    if (name) made.setAttribute("aria-label", name);
    // the caret stays in the field: a finger on a key must not move the focus
    made.addEventListener("pointerdown", (event) => event.preventDefault());
    made.addEventListener("click", act);
    return made;
  }

  function eraseIcon() {
    const icon = document.createElementNS(SVG, "svg");
    icon.setAttribute("class", "icon");
    icon.setAttribute("aria-hidden", "true");
    const drawing = document.createElementNS(SVG, "use");
    drawing.setAttribute("href", "/static/icons.svg#erase");
    icon.append(drawing);
    return icon;
  }

  class Panel {
    constructor(host, field) {
      this.host = host;
      this.field = field;
      this.letters = "";
      this.found = [];
      this.more = false;
      this.asked = 0;          // answers to older letters are dropped
      this.pages = [];         // where each page of the wide view began
      this.board = "letters";
      field.setSelectionRange(field.value.length, field.value.length);
      const words = WORDS[document.documentElement.lang.startsWith("en") ? "en" : "zh"];
      this.word = (name) => host.dataset[`label${name[0].toUpperCase()}${name.slice(1)}`] || words[name];
      this.draw();
      this.guardSubmit();
      this.keepNativeKeysAway();
    }

    draw() {
      this.host.classList.add("pinyin");
      this.host.setAttribute("role", "group");
      this.host.setAttribute("aria-label", this.word("panel"));
      this.spelt = element("b", "py-letters");
      this.spelt.lang = "zh-Latn-pinyin";
      this.hint = element("span", "py-hint", this.word("idle"));
      const typed = element("p", "py-typed");
      typed.setAttribute("role", "status");
      typed.append(this.spelt, this.hint);
      // the tabs of handwriting.mjs stand beside what is typed
      const head = element("div", "py-head");
      head.append(typed);
      this.row = element("div", "py-row");
      this.row.setAttribute("role", "group");
      this.row.setAttribute("aria-label", this.word("candidates"));
      this.row.setAttribute("aria-busy", "false");
      this.stage = element("div", "py-stage");
      this.host.replaceChildren(head, this.row, this.stage);
      this.drawBoard();
      this.drawRow();
    }

    // ---- keys

    drawBoard() {
      const plain = this.board !== "letters";
      const lines = ROWS[this.board].map((keys, at) => {
        const line = element("div", `py-line py-line${at}`);
        line.append(...[...keys].map((key) => button(key, "", () => (plain ? this.insert(key) : this.type(key)))));
        return line;
      });
      const split = plain
        ? button(this.word(this.board === "digits" ? "capitals" : "digits"), "py-word",
          () => this.show(this.board === "digits" ? "capitals" : "digits"))
        : button(this.word("split"), "py-word", () => this.type("'"));
      const erase = button("", "py-wide", () => this.erase(), this.word("erase"));
      erase.append(eraseIcon());
      lines[2].prepend(split);
      lines[2].append(erase);
      const last = element("div", "py-line py-line3");
      last.append(
        button(this.word(plain ? "letters" : "digits"), "py-word", () => this.show(plain ? "letters" : "digits")),
        button(this.word("space"), "py-word py-space", () => this.space()),
        ...(this.field.tagName === "TEXTAREA"
          ? [button(this.word("line"), "py-word", () => { this.best(); if (!this.letters) this.insert("\n"); })]
          : [button(this.word("dot"), "", () => { this.best(); this.insert("·"); }, this.word("dotName"))]),
        button(this.word("clear"), "py-word", () => this.clear()),
      );
      this.stage.replaceChildren(...lines, last);
      this.stage.classList.remove("py-wideview");
    }

    show(board) {
      // letters not chosen yet would hang in the air; those that spell nothing go
      if (this.letters && this.found.length) { this.say(this.word("choose"), true); return; }
      if (this.letters) { this.letters = ""; this.look(); }
      this.board = board;
      this.drawBoard();
    }

    type(letter) {
      if (this.letters.length >= LONGEST || (letter === "'" && !/[a-z]$/.test(this.letters))) return;
      this.letters += letter;
      this.look();
    }

    erase() {
      if (this.letters) {
        this.letters = this.letters.slice(0, -1);
        this.look();
        return;
      }
      const { selectionStart: start, selectionEnd: end, value } = this.field;
      // by code point: 𠮷 is two units and one character
      const gone = start === end ? ([...value.slice(0, start)].pop() || "").length : 0;
      this.replace("", start - gone, end);
    }

    space() {
      if (!this.best() && !this.letters) this.insert(" ");
    }

    clear() {
      this.letters = "";
      this.replace("", 0, this.field.value.length);
      this.look();
    }

    // ---- the field

    insert(text) {
      this.replace(text, this.field.selectionStart, this.field.selectionEnd);
    }

    replace(text, start, end) {
      const { field } = this;
      const room = field.maxLength < 0 ? Infinity : field.maxLength - field.value.length + (end - start);
      if (text.length > room || field.disabled || field.readOnly) return;
      field.setRangeText(text, start, end, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
      if (document.activeElement !== field && !this.host.contains(document.activeElement)) field.focus({ preventScroll: true });
      field.scrollLeft = field.scrollWidth;
    }

    choose(candidate) {
      this.insert(candidate.text);
      this.letters = this.letters.slice(candidate.used).replace(/^'+/, "");
      this.look();
    }

    best() {
      if (!this.letters || !this.found.length) return false;
      this.choose(this.found[0]);
      return true;
    }

    // ---- candidates

    async look() {
      const asked = ++this.asked;
      this.found = [];
      this.more = false;
      this.pages = [];
      this.spelt.textContent = this.letters;
      this.say(this.letters ? "" : this.word("idle"));
      this.row.setAttribute("aria-busy", String(Boolean(this.letters)));
      if (this.stage.classList.contains("py-wideview")) this.drawBoard();
      if (!this.letters) {
        this.drawRow();
        return;
      }
      if (!(await this.fetchPage(0, asked))) return;
      this.drawRow();
      this.row.setAttribute("aria-busy", "false");
      this.say(this.word(this.found.length ? "hint" : "none"));
    }

    // Asks for one more page; false when the letters have changed meanwhile or no answer came.
    async fetchPage(page, asked) {
      const token = document.querySelector('input[name="csrf"]');
      let answer;
      try {
        const reply = await fetch(this.host.dataset.url || "/keys/pinyin", {
          method: "POST", credentials: "same-origin", cache: "no-store",
          headers: { "Content-Type": "application/json", "X-Csrf": token ? token.value : "" },
          body: JSON.stringify({ q: this.letters, page }),
        });
        if (!reply.ok) throw new Error(String(reply.status));
        answer = await reply.json();
      } catch {
        if (asked === this.asked) this.say(this.word("fault"), true);
        return false;
      }
      if (asked !== this.asked) return false;
      this.found.push(...answer.candidates);
      this.more = answer.more;
      this.spelt.textContent = answer.spelt;
      return true;
    }

    say(text, strong) {
      this.hint.textContent = text;
      this.hint.classList.toggle("py-strong", Boolean(strong));
    }

    option(candidate, first) {
      const made = button(candidate.text, first ? "py-option py-best" : "py-option", () => this.choose(candidate));
      made.lang = "zh";
      return made;
    }

    drawRow() {
      this.row.replaceChildren(...this.found.slice(0, 10).map((candidate, at) => this.option(candidate, at === 0)));
      if (!this.found.length) return;
      const options = [...this.row.children];
      // the wide view goes on where the row ends
      const more = button(this.word("more"), "py-word py-more", () => {
        this.pages = [this.row.children.length - 1];
        this.wide(this.pages[0]);
      });
      this.row.append(more);
      while (options.length > 1 && this.row.scrollWidth > this.row.clientWidth) options.pop().remove();
      if (options.length === this.found.length) more.remove();
    }

    // The wide view: candidates in the place of the keys, page by page.
    async wide(start) {
      const asked = this.asked;
      if (this.found.length - start < PAGE && this.more) await this.fetchPage(Math.round(this.found.length / PAGE), asked);
      if (asked !== this.asked) return;
      const grid = element("div", "py-grid");
      const foot = element("div", "py-line py-line3");
      const height = this.stage.offsetHeight;
      this.stage.classList.add("py-wideview");
      this.stage.replaceChildren(grid, foot);
      foot.append(button(this.word("back"), "py-word", () => this.drawBoard()));
      const previous = button(this.word("previous"), "py-word", () => { this.pages.pop(); this.wide(this.pages.at(-1)); });
      const next = button(this.word("next"), "py-word", () => { this.pages.push(start + shown); this.wide(start + shown); });
      foot.append(previous, next);
      let shown = 0;
      for (const candidate of this.found.slice(start, start + PAGE)) {
        const made = this.option(candidate, false);
        grid.append(made);
        if (this.stage.scrollHeight > height + 1 && shown) {
          made.remove();
          break;
        }
        shown += 1;
      }
      if (this.pages.length < 2) previous.remove();
      if (start + shown >= this.found.length && !this.more) next.remove();
    }

    // ---- the page around

    guardSubmit() {
      if (!this.field.form) return;
      this.field.form.addEventListener("submit", (event) => {
        // going back, asking for help and leaving stay free
        const goes = !event.submitter || event.submitter.value === "next" || event.submitter.classList.contains("go");
        if (!this.letters || !goes) return;
        // letters that were not chosen would be lost without a word
        event.preventDefault();
        event.stopImmediatePropagation();
        this.say(this.word("choose"), true);
      }, true);
    }

    keepNativeKeysAway() {
      // the same width as in pinyin.css: a phone brings its own keyboard
      const large = window.matchMedia("(min-width: 701px)");
      const set = () => (large.matches ? this.field.setAttribute("inputmode", "none") : this.field.removeAttribute("inputmode"));
      large.addEventListener("change", set);
      window.addEventListener("resize", () => { if (this.found.length) this.drawRow(); });
      set();
      // the caret shows where the characters will go; where something was wrong, the list of faults comes first
      if (large.matches && !document.getElementById("errors")) this.field.focus({ preventScroll: true });
    }
  }

  function enhance() {
    for (const host of document.querySelectorAll('[data-keys="pinyin"]:not(.pinyin)')) {
      const field = document.getElementById(host.dataset.for);
      if (field) new Panel(host, field);
    }
  }

  document.addEventListener("htmx:load", enhance);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", enhance);
  else enhance();
})();
