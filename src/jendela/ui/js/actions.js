/* Print, share, copy: each button is hidden in the page and shown here where it works. */
function offer(selector, works, act) {
  if (!works) return;
  all(selector).forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => act(button));
  });
}

const address = (button) => new URL(button.dataset.url || location.href, location.href).href;

offer("[data-print]", "print" in window, () => print());

offer("[data-share]", "share" in navigator, (button) => {
  navigator.share({ title: document.title, text: button.dataset.share, url: address(button) }).catch(() => {});
});

offer("[data-copy]", Boolean(navigator.clipboard), (button) => {
  navigator.clipboard.writeText(button.dataset.copy || address(button)).then(
    () => say(button, button.dataset.done),
    () => say(button, button.dataset.failed),
  );
});
