// Chips as Python made them in, what is to be removed out.
//
// onrecord.chips({element, removed}): removed({kind, value}) is told of every button that is pressed.
"use strict";

window.onrecord ??= {};

onrecord.chips = ({ element, trigger, removed = (condition) => trigger("change", condition) }) => {
  element.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-kind]");
    if (button) removed({ kind: button.dataset.kind, value: button.dataset.value ?? "" });
  });
};
