/* Memory of this phone: ticks and the village, nothing else, never a cookie.
   A phone is shared: every key starts with "jendela." so that one button can forget all. */
const store = {
  get(key) {
    try { return localStorage.getItem("jendela." + key); } catch { return null; }
  },
  set(key, value) {
    try { localStorage.setItem("jendela." + key, value); return true; } catch { return false; }
  },
  forget() {
    try {
      Object.keys(localStorage).filter((key) => key.startsWith("jendela.")).forEach((key) => localStorage.removeItem(key));
    } catch { /* nothing was kept */ }
  },
};

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// Says a sentence where the markup offers a place for it: <p role="status" data-said>.
function say(element, sentence) {
  const place = element.closest("[data-said-root]")?.querySelector("[data-said]");
  if (place) place.textContent = sentence;
}
