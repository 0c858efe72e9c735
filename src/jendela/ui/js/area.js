/* The resident's village, kept on this phone only when asked to.
   <button data-area-code="62.02.06.1002" data-area-name="Baamang Tengah" hidden> keeps it.
   <p data-area-slot hidden><a href="/layanan/…/">Untuk <b data-area-name></b></a></p> uses it:
   the link gets ?wilayah=CODE. <button data-forget hidden> forgets ticks and village. */
function showArea() {
  const [code, name] = (store.get("area") || "").split("|");
  const here = new URL(location.href).searchParams.get("wilayah");
  all("[data-area-slot]").forEach((slot) => {
    slot.hidden = !code || code === here;
    if (slot.hidden) return;
    all("[data-area-name]", slot).forEach((place) => { place.textContent = name; });
    all("a", slot).forEach((link) => {
      const target = new URL(link.href);
      target.searchParams.set("wilayah", code);
      link.href = target.href;
    });
  });
}

all("button[data-area-code]").forEach((button) => {
  button.hidden = store.get("area")?.split("|")[0] === button.dataset.areaCode;
  button.addEventListener("click", () => {
    const kept = store.set("area", button.dataset.areaCode + "|" + button.dataset.areaName);
    say(button, kept ? button.dataset.done : button.dataset.failed);
    button.hidden = kept;
    showArea();
  });
});

all("[data-forget]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => {
    store.forget();
    all("[data-checklist]").forEach((list) => list.dispatchEvent(new Event("jendela:forget")));
    all("button[data-area-code]").forEach((one) => { one.hidden = false; });
    say(button, button.dataset.done);
    showArea();
  });
});
showArea();
