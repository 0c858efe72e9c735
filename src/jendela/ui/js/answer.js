/* A question of a personal link: <form data-answer="12.alamat" data-keep>. What is typed is sent two seconds after the
   last letter; until the server has said so it says "belum terkirim". With data-keep it also lies in this phone, for
   fourteen days at most: never names of people. Without this script every button works as well. */
const KEPT = "jendela.isi.";
const WAIT = 2000;
const DAYS = 14 * 86400000;

const kept = {
  get(key) {
    try { return JSON.parse(localStorage.getItem(KEPT + key)); } catch { return null; }
  },
  set(key, value) {
    try { localStorage.setItem(KEPT + key, JSON.stringify(value)); } catch { /* full or forbidden: the page still holds it */ }
  },
  drop(key) {
    try { localStorage.removeItem(KEPT + key); } catch { /* nothing was kept */ }
  },
  keys() {
    try { return Object.keys(localStorage).filter((key) => key.startsWith(KEPT)).map((key) => key.slice(KEPT.length)); } catch { return []; }
  },
};

class Answer {
  constructor(form) {
    this.form = form;
    this.key = form.dataset.answer;
    this.keeps = "keep" in form.dataset;
    this.said = form.querySelector("[data-answer-said]");
    this.timer = 0;
    this.changes = 0;
    this.busy = false;
    this.stopped = false;
    form.addEventListener("input", () => this.typed());
    form.addEventListener("change", () => this.typed());
    form.addEventListener("submit", (event) => this.submitted(event));
    addEventListener("online", () => this.changes && this.send());
    addEventListener("pageshow", () => { this.stopped = false; });
    this.restore();
    this.last = this.words();
  }

  fields() {
    return [...new FormData(this.form)].filter(([name, value]) => name !== "revision" && name !== "search" && typeof value === "string");
  }

  words() {
    return JSON.stringify(this.fields());
  }

  say(words) {
    if (words && this.said.textContent !== words) this.said.textContent = words;
  }

  keep(more = {}) {
    if (this.keeps) kept.set(this.key, { at: Date.now(), fields: this.fields(), ...more });
  }

  typed() {
    const words = this.words();
    if (words === this.last) return;
    this.last = words;
    this.changes += 1;
    this.keep();
    if (this.stopped) return;
    this.say(navigator.onLine ? this.form.dataset.waiting : this.form.dataset.offline);
    this.later(WAIT);
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  // Pressed without a signal: the page stays, and so does what was typed.
  submitted(event) {
    clearTimeout(this.timer);
    if (!navigator.onLine) {
      event.preventDefault();
      this.keep();
      this.say(this.form.dataset.offline);
      return;
    }
    this.stopped = true;
    if (this.changes) this.keep({ sent: true });
  }

  async send() {
    clearTimeout(this.timer);
    if (this.busy || this.stopped) return;
    this.busy = true;
    const sent = this.changes;
    const body = new FormData(this.form);
    body.set("say", "isi");
    try {
      const answer = await fetch(location.pathname, {
        method: "POST", body, credentials: "same-origin", redirect: "manual", headers: { Accept: "application/json" },
      });
      await this.heard(answer, sent);
    } catch {
      this.say(this.form.dataset.offline);
      this.later(15000);
    }
    this.busy = false;
  }

  async heard(answer, sent) {
    if ([401, 403, 404, 410].includes(answer.status) || answer.type === "opaqueredirect") {
      this.stopped = true;
      return this.say(this.form.dataset.ended);
    }
    if (!(answer.headers.get("Content-Type") || "").includes("json")) throw new Error("no answer");
    const told = await answer.json();
    this.say(told.said);
    if (answer.status === 409) this.stopped = true;
    if (!answer.ok) return;
    this.form.elements.revision.value = told.revision;
    if (this.changes !== sent) return this.later(WAIT);
    this.changes = 0;
    kept.drop(this.key);
  }

  restore() {
    const found = this.keeps ? kept.get(this.key) : null;
    if (!found || document.querySelector("[data-error-summary]")) return;
    const values = new Map();
    found.fields.forEach(([name, value]) => values.set(name, [...(values.get(name) || []), value]));
    if (JSON.stringify(found.fields) === this.words()) return kept.drop(this.key);
    [...this.form.elements].forEach((field) => {
      if (!field.name || field.type === "hidden" || field.type === "submit" || field.name === "search") return;
      const given = values.get(field.name) || [];
      if (field.type === "radio" || field.type === "checkbox") field.checked = given.includes(field.value);
      else if (given.length) field.value = given[0];
    });
    this.changes += 1;
    this.say(this.form.dataset.kept);
    this.later(WAIT * 2);
  }
}

const forms = [...document.querySelectorAll("form[data-answer]")].map((form) => new Answer(form));
// What was sent by the button and led to another page has arrived; what is too old is forgotten.
kept.keys().forEach((key) => {
  const found = kept.get(key);
  if (!found || Date.now() - found.at > DAYS || (found.sent && !forms.some((one) => one.key === key))) kept.drop(key);
});
