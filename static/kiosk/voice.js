// 听一听: reads the page aloud from recordings, sentence by sentence. Nothing is read before somebody asks; then each
// following page is read until 停. Only fixed sentences are asked for; what a citizen typed is never read, nor its name sent.
"use strict";
(() => {
  const button = document.querySelector("[data-voice]");
  const status = document.querySelector("[data-voice-status]");
  if (!button) return;
  // what is wrong comes before the question: it is why the page is shown again
  const FAULTS = "#errors li";
  const PARTS = "main h1, main .lead, main .callout:not(.error):not(:has(.button)) > p, main .option > span, main .tick > span, main [data-say]";
  const LANG = document.documentElement.lang;
  const SPEED = 0.9, HALF = 0.5;
  const NIGHT = (hour) => hour >= 22 || hour < 7;

  // as edge/domain/spoken.py cuts and names
  const sentences = (text) => (text.match(/[^。？！；：…\n]+[。？！；：…]*/gu) || [])
    .map((part) => part.replace(/\s+/gu, "")).filter((part) => /[\p{L}\p{N}_%]/u.test(part));
  const nameOf = (sentence) => {
    let value = 0xcbf29ce484222325n;
    for (const byte of new TextEncoder().encode(sentence)) value = ((value ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
    return value.toString(16).padStart(16, "0");
  };
  // a sentence may run over several elements of one line, such as a bold word; what stands in blocks of its own does not
  const said = (part) => LANG.startsWith("zh") ? sentences(part.innerText)
    : part.innerText.split("\n").map((line) => line.trim()).filter(Boolean);
  const page = () => [FAULTS, PARTS].flatMap((which) => Array.from(document.querySelectorAll(which)))
    .filter((part) => part.getClientRects().length).flatMap(said);

  let known = null, playing = null, round = 0;
  const names = async () => {
    if (!known) known = new Set((await (await fetch("/voice/names", { cache: "no-store" })).json()).names);
    return known;
  };
  const show = (state) => {
    button.dataset.state = state;
    button.querySelector("span").textContent = button.dataset[state];
    button.setAttribute("aria-pressed", String(state === "stop"));
  };
  const voice = () => window.speechSynthesis?.getVoices().find((one) => one.lang.replace("_", "-").startsWith(LANG.slice(0, 2)));
  // while it reads, nobody has gone away
  const alive = () => document.dispatchEvent(new Event("input"));

  const recorded = (name) => new Promise((done) => {
    playing = new Audio(`/voice/${name}`);
    playing.playbackRate = SPEED;
    playing.volume = NIGHT(new Date().getHours()) ? HALF : 1;
    playing.onended = () => done(true);
    playing.onerror = () => done(false);
    playing.onpause = () => done(true);
    playing.play().catch(() => done(false));
  });
  const spoken = (sentence) => new Promise((done) => {
    const own = voice();
    if (!own) { done(false); return; }
    const speech = new SpeechSynthesisUtterance(sentence);
    Object.assign(speech, { voice: own, lang: own.lang, rate: SPEED, onend: () => done(true), onerror: () => done(false) });
    window.speechSynthesis.speak(speech);
  });

  const stop = () => {
    round += 1;
    playing?.pause();
    window.speechSynthesis?.cancel();
    playing = null;
    status.textContent = "";
  };
  const read = async () => {
    stop();
    const mine = round, parts = page();
    show("stop");
    let heard = 0;
    try {
      const there = await names();
      for (const sentence of parts) {
        if (mine !== round) return;
        alive();
        const name = nameOf(sentence);
        if ((there.has(name) && await recorded(name)) || (mine === round && await spoken(sentence))) heard += 1;
      }
    } catch { /* no list of recordings: then nothing was heard, and that is said */ }
    if (mine !== round) return;
    show(heard ? "again" : "none");
    status.textContent = heard === parts.length ? "" : button.dataset[heard ? "some" : "none"];
  };
  const remember = (on) => fetch("/voice/aloud", { method: "POST", keepalive: true,
    headers: { "Content-Type": "application/json", "X-Csrf": document.body.dataset.csrf }, body: JSON.stringify({ on }) }).catch(() => {});

  button.hidden = false;
  button.addEventListener("click", () => {
    const on = button.dataset.state !== "stop";
    remember(on);
    if (on) read(); else { stop(); show("say"); }
  });
  // a touch elsewhere goes on with the form: the voice must not talk over it
  document.addEventListener("pointerdown", (event) => {
    if (button.dataset.state !== "stop" || button.contains(event.target)) return;
    stop();
    show("again");
  }, true);
  window.addEventListener("pagehide", stop);
  show("say");
  if (button.dataset.aloud === "yes") read();
})();
