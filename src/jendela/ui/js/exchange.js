/* How far the worker is with an import: asked every second, and the page is opened anew when it is done. */
const importProgress = document.querySelector("[data-exchange-progress]");
if (importProgress) {
  const bar = importProgress.querySelector("progress");
  const status = importProgress.querySelector("[data-exchange-status]");
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const ask = async () => {
    let wait = 1000;
    try {
      const answer = await fetch(importProgress.dataset.exchangeProgress, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(answer.statusText);
      const now = await answer.json();
      if (!now.working) {
        location.reload();
        return;
      }
      if (now.total > 0) {
        bar.max = now.total;
        bar.value = now.done;
        const text = importProgress.dataset.exchangeText;
        status.textContent = text.replace("%d", number.format(now.done)).replace("%t", number.format(now.total));
      }
    } catch {
      wait = 5000; // the link below still works
    }
    setTimeout(ask, wait);
  };
  setTimeout(ask, 700);
}
