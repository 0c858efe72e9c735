/* A form that keeps itself: <form data-autosave="/…/simpan/" data-key="…">. Two seconds after the last letter it is
   sent; until the server has said so, nothing says that it is saved, and the text lies in this tab's memory. */
const KEPT = "jendela.draft.";
const WAIT = 2000;

const memory = {
  get(key) {
    try { return JSON.parse(sessionStorage.getItem(KEPT + key)); } catch { return null; }
  },
  set(key, value) {
    try { sessionStorage.setItem(KEPT + key, JSON.stringify(value)); } catch { /* full or forbidden: the page still holds it */ }
  },
  drop(key) {
    try { sessionStorage.removeItem(KEPT + key); } catch { /* nothing was kept */ }
  },
};

class Autosave {
  constructor(form) {
    this.form = form;
    this.key = form.dataset.key;
    this.said = form.querySelector("[data-autosave-said]");
    this.again = form.querySelector("[data-autosave-again]");
    this.timer = 0;
    this.changes = 0;
    this.busy = false;
    this.stopped = false;
    form.addEventListener("input", () => this.typed());
    form.addEventListener("change", () => this.typed());
    form.addEventListener("submit", () => { clearTimeout(this.timer); this.stopped = true; memory.drop(this.key); });
    addEventListener("online", () => this.changes && this.send());
    addEventListener("pageshow", () => { this.stopped = false; });
    document.addEventListener("visibilitychange", () => document.hidden && this.changes && this.send(true));
    this.again?.querySelector("button").addEventListener("click", () => this.renew());
    this.restore();
    this.last = this.words();
  }

  fields() {
    return [...new FormData(this.form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
  }

  words() {
    return JSON.stringify(this.fields().filter(([name]) => name !== "revision"));
  }

  // Leaving a field says "change" once more: what is the same is nothing new.
  typed() {
    const words = this.words();
    if (words === this.last) return;
    this.last = words;
    this.changes += 1;
    memory.set(this.key, this.fields());
    if (this.stopped) return;
    this.say(this.form.dataset.waiting);
    this.later(WAIT);
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  say(words) {
    if (this.said.textContent !== words) this.said.textContent = words;
  }

  async send(leaving = false) {
    clearTimeout(this.timer);
    if (this.busy || this.stopped) return;
    this.busy = true;
    const sent = this.changes;
    try {
      const answer = await fetch(this.form.dataset.autosave, {
        method: "POST", body: new FormData(this.form), credentials: "same-origin", redirect: "manual", keepalive: leaving,
        headers: { Accept: "application/json" },
      });
      await this.heard(answer, sent);
    } catch {
      this.say(this.form.dataset.offline);
      this.later(15000);
    }
    this.busy = false;
  }

  async heard(answer, sent) {
    if (answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect") return this.halt(this.form.dataset.ended, true);
    if (answer.status === 404) return this.halt(this.form.dataset.gone, false);
    if (!(answer.headers.get("Content-Type") || "").includes("json")) throw new Error("no answer");
    const told = await answer.json();
    if (answer.status === 409) return this.halt(told.said, false);
    if (answer.status === 422) return this.say(told.said);
    this.form.elements.revision.value = told.revision;
    this.say(told.said);
    this.read(told);
    if (this.changes !== sent) return this.later(WAIT);
    this.changes = 0;
    memory.drop(this.key);
  }

  halt(words, signIn) {
    this.stopped = true;
    this.say(words);
    if (this.again) this.again.hidden = !signIn;
  }

  // After signing in again in another tab the secret of the form is an old one: take the new one from this page.
  async renew() {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", redirect: "manual" });
      const page = answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
      const fresh = page?.querySelector("form[data-autosave] [name=csrfmiddlewaretoken]");
      if (!fresh) return this.halt(this.form.dataset.ended, true);
      document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = fresh.value; });
      this.again.hidden = true;
      this.stopped = false;
      await this.send();
    } catch {
      this.say(this.form.dataset.offline);
    }
  }

  read(told) {
    const fill = (selector, lines) => {
      const list = document.querySelector(selector);
      if (!list) return;
      list.replaceChildren(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
      list.hidden = !lines.length;
    };
    fill("[data-reading-lines]", told.lines);
    fill("[data-reading-wrong]", told.wrong);
    document.querySelector("[data-reading-empty]")?.toggleAttribute("hidden", told.lines.length > 0);
    const note = document.querySelector("[data-reading-note]");
    if (note) note.textContent = told.note;
  }

  restore() {
    const kept = memory.get(this.key);
    if (!Array.isArray(kept)) return;
    const now = new Map(this.fields());
    if (kept.every(([name, value]) => name === "revision" || now.get(name) === value)) return memory.drop(this.key);
    kept.forEach(([name, value]) => {
      const field = this.form.elements[name];
      if (field) field.value = value;
    });
    this.changes += 1;
    this.say(this.form.dataset.kept);
    this.later(WAIT * 2);
  }
}

document.querySelectorAll("form[data-autosave]").forEach((form) => new Autosave(form));
document.querySelectorAll("[data-autosave-forget]").forEach((mark) => memory.drop(mark.dataset.autosaveForget));
