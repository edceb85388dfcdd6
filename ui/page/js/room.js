// Clicks, keys and pointers in the room in, what Python is told and what is shown beside out.
"use strict";
window.onrecord ||= {};
(() => {
  const { onrecord } = window;
  const reveal = (card) => {
    for (let fold = card?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    card?.scrollIntoView({ block: "nearest" });
  };
  const wishOf = ({ dataset }, turn) => ({ turn: Number(turn), article: dataset.article, at: dataset.at ?? "", n: dataset.n ?? "" });

  const box = () => document.querySelector("#question textarea");

  // What came of a button, beside it and to a screen reader.
  const note = (part, words) => (part.closest(".tools").querySelector(".thanks").textContent = words);
  const copy = (button) =>
    // A browser has no clipboard for a page that comes over plain http from another machine.
    (navigator.clipboard?.writeText(button.dataset.text) ?? Promise.reject()).then(
      () => note(button, "Copied."),
      () => note(button, "The browser did not let it be copied."),
    );

  onrecord.talk = ({ element, trigger, watch }) => {
    const turnOf = (part) => Number(part.closest("[data-turn]")?.dataset.turn);
    const acts = {
      example: (button) => (trigger("example_select", { question: button.textContent }), box().focus()),
      retry: (button) => trigger("retry", { turn: turnOf(button) }),
      edit: (button) => (trigger("edit", { turn: turnOf(button) }), box().focus()),
      right: (button) => judge(button, { judgement: "right", because: "", right: "" }),
      copy,
    };
    const judge = (part, verdict) => trigger("like", { turn: turnOf(part), ...verdict });
    element.addEventListener("click", (event) => {
      const opener = event.target.closest("a[data-article]");
      const button = event.target.closest("button[data-act]");
      if (opener) {
        event.preventDefault();
        reveal(document.getElementById(opener.hash.slice(1)));
        trigger("select", wishOf(opener, turnOf(opener)));
      } else if (button) {
        acts[button.dataset.act](button);
        const menu = button.closest("details.menu");
        if (menu) menu.open = false;
      }
    });
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      judge(event.target, Object.fromEntries(new FormData(event.target)));
      event.target.closest("details").open = false;
    });
    quotes(element);
    let over = 0;
    watch("value", () => {
      address();
      const answered = element.querySelectorAll(".exchange .tools").length;
      if (answered > over) {
        onrecord.answered();
        reachEnd();
      }
      over = answered;
    });
  };

  // The whole answer is shown once it is there, from its question on; not to who has scrolled away from it meanwhile.
  const NEAR = 300; // px: less was added since the last step
  const reachEnd = () => {
    const scroller = document.getElementById("conversation");
    const last = [...scroller.querySelectorAll(".exchange")].at(-1);
    if (scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight > NEAR + last.offsetHeight) return;
    last.scrollIntoView({ block: last.offsetHeight > scroller.clientHeight ? "start" : "end" });
  };

  onrecord.sources = ({ element, trigger }) => {
    element.addEventListener("click", (event) => {
      const opener = event.target.closest("[data-article]");
      if (!opener) return;
      event.preventDefault();
      trigger("select", wishOf(opener, opener.closest("[data-turn]").dataset.turn));
    });
    onrecord.timeline({ element, opened: () => {} }); // for its keys; its entries are opened as all else is
  };

  // What is chosen: each tells Python what was done, which shows all of it anew.
  onrecord.dates = ({ element, trigger }) => onrecord.histogram({ element, chosen: (days) => trigger("apply", days) });
  onrecord.asOf = ({ element, trigger }) =>
    element.addEventListener("change", ({ target }) => trigger("apply", { as_of: target.value }));
  onrecord.kept = ({ element, trigger, watch }) => {
    onrecord.chips({ element, removed: (condition) => trigger("clear", condition) });
    watch("value", address);
  };

  // The address says what is looked at, so that it can be sent to a colleague: what is chosen, and the last question. One
  // that it came with stays until another is asked.
  let sent = new URLSearchParams(location.search).get("q");
  const address = () => {
    const query = new URLSearchParams(document.querySelector(".kept")?.dataset.query ?? "");
    const asked = [...document.querySelectorAll("#conversation .exchange h2")].at(-1)?.textContent;
    if (asked) sent = "";
    if (asked || sent) query.set("q", asked || sent);
    history.replaceState(null, "", String(query) ? `?${query}` : location.pathname);
  };

  // The quote behind a mark, while it is pointed at or has the focus.
  const quotes = (element) => {
    const card = document.body.appendChild(document.createElement("div"));
    card.id = "quote";
    card.setAttribute("role", "tooltip");
    card.hidden = true;
    const words = card.appendChild(document.createElement("q"));
    const about = card.appendChild(document.createElement("span"));
    const show = (event) => {
      const mark = event.target.closest?.(".mark");
      card.hidden = !mark;
      if (!mark) return;
      words.textContent = mark.dataset.quote;
      about.textContent = mark.dataset.about;
      mark.setAttribute("aria-describedby", card.id);
      const { left, top, bottom } = mark.getBoundingClientRect();
      card.style.left = `${Math.max(8, Math.min(left, innerWidth - card.offsetWidth - 8))}px`;
      const below = bottom + 8 + card.offsetHeight < innerHeight;
      card.style.top = below ? `${bottom + 8}px` : `${Math.max(8, top - card.offsetHeight - 8)}px`;
    };
    for (const kind of ["pointerover", "focusin"]) element.addEventListener(kind, show);
    for (const kind of ["pointerleave", "focusout", "scroll"]) element.addEventListener(kind, () => (card.hidden = true));
    document.addEventListener("keydown", (event) => event.key === "Escape" && (card.hidden = true));
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      box()?.focus();
    }
  });
})();
