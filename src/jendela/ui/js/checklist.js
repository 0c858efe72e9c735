/* Checklist: ticks stay on this phone, the count is said beside.
   <fieldset data-checklist="KEY"> … <p data-count="%n dari %m sudah siap." hidden> */
function startChecklist(list) {
  const key = "ticks." + list.dataset.checklist;
  const boxes = all("input[type=checkbox]", list);
  const count = list.querySelector("[data-count]");
  const show = () => {
    if (!count) return;
    count.hidden = false;
    count.textContent = count.dataset.count
      .replace("%n", boxes.filter((box) => box.checked).length)
      .replace("%m", boxes.length);
  };
  const kept = (store.get(key) || "").split(" ");
  boxes.forEach((box) => { box.checked = kept.includes(box.value); });
  list.addEventListener("change", () => {
    store.set(key, boxes.filter((box) => box.checked).map((box) => box.value).join(" "));
    show();
  });
  list.addEventListener("jendela:forget", () => {
    boxes.forEach((box) => { box.checked = false; });
    show();
  });
  show();
}
all("[data-checklist]").forEach(startChecklist);
