// A histogram as Python made it in, the days that are chosen on it out: ISO days, "" for open.
//
// onrecord.histogram({element, chosen}): element holds the histogram, now or later; chosen({since, until}) is told of
// every choice. Drag over the bars, point at one, use the keys, or fill in the two fields.
"use strict";

window.onrecord ??= {};

onrecord.histogram = ({ element, trigger, chosen = (days) => trigger("change", days) }) => {
  const PAUSE = 500; // ms after the last key: a choice is looked up, and a range is moved by many keys
  const words = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  let drag = null; // the slot that it began on, and where it is
  let waiting = 0;
  let held = false; // the focus was on the range when what holds it was made anew

  const slots = () => [...element.querySelectorAll(".slot")];
  const range = () => element.querySelector(".range");
  const said = (day) => words.format(new Date(day));

  const picked = () => {
    const all = slots();
    const marked = all.flatMap((slot, n) => (slot.classList.contains("chosen") ? [n] : []));
    return marked.length ? [marked[0], marked.at(-1)] : null;
  };

  const daysOf = (from, to) => {
    const all = slots();
    return { since: all[from].dataset.first, until: all[to].dataset.last };
  };

  const show = (from, to) => {
    const all = slots();
    all.forEach((slot, n) => slot.classList.toggle("chosen", from <= n && n <= to));
    const { since, until } = daysOf(from, to);
    const told = `${said(since)} – ${said(until)}`;
    element.querySelector(".picked").textContent = told;
    element.querySelector(".plot").classList.add("narrowed");
    range().style.left = `${(100 * from) / all.length}%`;
    range().style.width = `${(100 * (to - from + 1)) / all.length}%`;
    range().setAttribute("aria-valuenow", from + 1);
    range().setAttribute("aria-valuetext", told);
  };

  const showNone = () => {
    for (const slot of slots()) slot.classList.remove("chosen");
    element.querySelector(".picked").textContent = "";
    element.querySelector(".plot").classList.remove("narrowed");
    Object.assign(range().style, { left: "0%", width: "100%" });
    range().setAttribute("aria-valuetext", "any day");
  };

  const clear = () => {
    clearTimeout(waiting);
    showNone();
    tell({ since: "", until: "" });
  };

  const tell = (days) => {
    held = document.activeElement === range();
    chosen(days);
  };

  // By place, not by what lies under the pointer: a drag may leave the plot.
  const slotAt = (event) => {
    const { left, width } = element.querySelector(".plot svg").getBoundingClientRect();
    const count = slots().length;
    return Math.max(0, Math.min(count - 1, Math.floor((count * (event.clientX - left)) / width)));
  };

  const sorted = () => [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)];

  const onDown = (event) => {
    const plot = event.target.closest(".plot");
    if (!plot || event.button || !event.isPrimary) return;
    plot.setPointerCapture(event.pointerId);
    const at = slotAt(event);
    drag = { from: at, to: at, before: picked() };
    show(at, at);
  };

  const onMove = (event) => {
    if (!drag || !event.isPrimary) return;
    drag.to = slotAt(event);
    show(...sorted());
  };

  const onUp = () => {
    if (!drag) return;
    const [from, to] = sorted();
    drag = null;
    tell(daysOf(from, to));
  };

  // The page is scrolled instead: nothing was chosen.
  const onCancel = () => {
    const before = drag?.before;
    drag = null;
    if (before) show(...before);
    else if (before === null) showNone();
  };

  const onKey = (event) => {
    if (event.target !== range() || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = slots().length - 1;
    const [from, to] = picked() ?? (event.key === "ArrowRight" || event.key === "ArrowUp" ? [-1, -1] : [last + 1, last + 1]);
    const wide = event.shiftKey && picked();
    const moves = {
      ArrowLeft: wide ? [from - 1, to] : [from - 1, to - 1],
      ArrowRight: wide ? [from, to + 1] : [from + 1, to + 1],
      Home: wide ? [0, to] : [0, to - from],
      End: wide ? [from, last] : [last - (to - from), last],
    };
    const move = moves[{ ArrowDown: "ArrowLeft", ArrowUp: "ArrowRight" }[event.key] ?? event.key];
    if (event.key === "Escape" && picked()) clear();
    else if (!move) return;
    else if (move[0] >= 0 && move[1] <= last) {
      show(...move);
      clearTimeout(waiting);
      waiting = setTimeout(() => tell(daysOf(...move)), PAUSE);
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const onField = (event) => {
    const fields = [...element.querySelectorAll(".days input")];
    if (!fields.includes(event.target)) return;
    const [since, until] = fields.map((field) => field.value);
    const wrong = since && until && since > until ? "The first day is after the last." : "";
    for (const field of fields) field.setCustomValidity(wrong);
    if (fields.every((field) => field.checkValidity())) chosen({ since, until });
    else if (wrong) event.target.reportValidity();
  };

  element.addEventListener("pointerdown", onDown);
  element.addEventListener("pointermove", onMove);
  element.addEventListener("pointerup", onUp);
  element.addEventListener("pointercancel", onCancel);
  element.addEventListener("keydown", onKey);
  element.addEventListener("change", onField);
  // What is taken away loses the focus as what is left does; only what comes after tells them apart.
  document.addEventListener("focusin", (event) => (held &&= event.target === range()));
  document.addEventListener("pointerdown", () => (held = false), { capture: true });
  new MutationObserver(() => {
    if (!held || document.activeElement !== document.body) return;
    held = false;
    range()?.focus({ preventScroll: true });
  }).observe(element, { childList: true, subtree: true });
};
