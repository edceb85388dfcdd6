// Clicks in the evaluation in, what Python is told out.
"use strict";
window.onrecord ||= {};
(() => {
  const { onrecord } = window;

  onrecord.evaluation = ({ element, trigger }) => {
    const acts = {
      run: ({ key }) => trigger("submit", { key }),
      stop: () => trigger("stop", {}),
      goOn: () => trigger("retry", {}),
      choose: ({ wish, most, kind = null }) => trigger("apply", { wish, most, kind }),
      look: ({ number }, { report }) => trigger("expand", { report, number }),
    };
    element.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-act]");
      if (button) acts[button.dataset.act](button.dataset, button.closest("[data-report]")?.dataset ?? {});
    });
  };

  // One question: its marks show their source, and open the article as its cards do.
  onrecord.looked = ({ element, trigger, watch }) => {
    const phone = matchMedia("(max-width: 800px)"); // there it stands below all questions
    element.addEventListener("click", (event) => {
      const back = event.target.closest("[data-act=back]");
      if (back) document.querySelector(`.asked [data-number="${back.dataset.number}"]`)?.focus();
      const opener = event.target.closest("[data-article]");
      if (!opener) return;
      event.preventDefault();
      if (opener.hash) element.querySelector(opener.hash)?.scrollIntoView({ block: "nearest" });
      const { article, at = "", n = "" } = opener.dataset;
      trigger("select", { article, at, n });
    });
    watch("value", () => {
      const title = element.querySelector("#looked-title");
      title?.focus({ preventScroll: true });
      title?.scrollIntoView({ block: phone.matches ? "start" : "nearest" });
    });
  };
})();
