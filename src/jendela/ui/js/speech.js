/* Read aloud, for people who would rather listen. Shown only where the phone has an Indonesian
   (or the page's) voice. <button data-speak="#isi" data-stop="Berhenti" hidden> */
function readable(root) {
  const parts = root.matches("[data-read]") ? [root] : all("[data-read]", root);
  return (parts.length ? parts : [root]).map((part) => part.innerText.trim()).filter(Boolean);
}

function startSpeech(button) {
  const language = document.documentElement.lang || "id";
  const label = button.querySelector("[data-label]") || button;
  const idle = label.textContent;
  const voice = () => speechSynthesis.getVoices().find((one) => one.lang.toLowerCase().replace("_", "-").startsWith(language));
  const rest = () => { label.textContent = idle; button.setAttribute("aria-pressed", "false"); };
  const offer = () => { if (voice()) button.hidden = false; };
  button.addEventListener("click", () => {
    const speaking = button.getAttribute("aria-pressed") === "true";
    speechSynthesis.cancel();
    rest();
    const root = document.querySelector(button.dataset.speak);
    if (speaking || !root) return;
    // Short pieces: Android stops in the middle of long ones.
    const pieces = readable(root).flatMap((text) => text.split(/\n+|(?<=[.?!])\s+/)).filter(Boolean);
    pieces.forEach((piece, place) => {
      const words = new SpeechSynthesisUtterance(piece);
      words.lang = language === "id" ? "id-ID" : language;
      words.voice = voice() || null;
      words.rate = 0.95;
      if (place === pieces.length - 1) words.onend = rest;
      speechSynthesis.speak(words);
    });
    label.textContent = button.dataset.stop;
    button.setAttribute("aria-pressed", "true");
  });
  offer();
  speechSynthesis.addEventListener?.("voiceschanged", offer);
  addEventListener("pagehide", () => speechSynthesis.cancel());
}
if ("speechSynthesis" in window) all("[data-speak]").forEach(startSpeech);
