// A timeline as Python made it in, which source is to be opened out.
//
// onrecord.timeline({element, opened}): opened({turn, article, at, n}) is told of every entry that is pressed, as the
// other parts of the room tell it. Up and down, left and right go from one entry to the next in time.
"use strict";

window.onrecord ??= {};

onrecord.timeline = ({ element, trigger, opened = (wish) => trigger("select", wish) }) => {
  element.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-article]");
    if (!button) return;
    const { article, at, n } = button.dataset;
    opened({ turn: Number(button.closest("[data-turn]").dataset.turn), article, at, n: n ?? "" });
  });
  element.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
    const here = event.target.closest("button[data-article]");
    if (!step || !here || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    const all = [...here.closest(".timeline").querySelectorAll("button[data-article]")];
    all[all.indexOf(here) + step]?.focus();
    event.preventDefault();
    event.stopPropagation();
  });
};
