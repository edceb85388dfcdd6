// Articles as HTML that Python made in, shown beside the talk; goes to their marks, finds words, tells what is opened.
"use strict";
window.onrecord ||= {};
(() => {
  const { onrecord } = window;
  const typing = "input, textarea, select, [contenteditable], [role=slider], [role=tab]";

  // What was typed, in any case, with any white space and any kind of quotation marks.
  const pattern = (typed) =>
    typed
      .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
      .replace(/\s+/g, "\\s+")
      .replace(/['’‘]/g, "['’‘]")
      .replace(/["“”„«»]/g, '["“”„«»]');

  // Where it stands in an element's text, across whatever elements are in it.
  const places = (typed, element) => {
    if (!typed || !element) return [];
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const nodes = [];
    for (let at = 0; walker.nextNode(); at += walker.currentNode.length) nodes.push([at, walker.currentNode]);
    let reached = 0; // matches come in order: the nodes are gone through once
    const seek = (offset) => {
      while (reached + 1 < nodes.length && nodes[reached + 1][0] <= offset) reached += 1;
      return [nodes[reached][1], offset - nodes[reached][0]];
    };
    return Array.from(element.textContent.matchAll(new RegExp(pattern(typed), "giu")), (match) => {
      const range = new Range();
      range.setStart(...seek(match.index));
      range.setEnd(...seek(match.index + match[0].length));
      return range;
    });
  };

  // All places and the current one, painted; where a browser can't paint ranges, the current one's paragraph is marked.
  const paint = (found, current) => {
    document.querySelector(".reader p.found")?.classList.remove("found");
    if (!window.Highlight) return found[current]?.startContainer.parentElement.closest("p")?.classList.add("found");
    const all = new Highlight();
    for (const range of found) all.add(range);
    const here = new Highlight(...found.slice(current, current + 1));
    here.priority = 1;
    CSS.highlights.set("reader-found", all).set("reader-here", here);
  };

  // pane: an element that holds nothing else. open({turn, article, at, n}) is called for what another one is wanted.
  onrecord.reader = ({ pane, open }) => {
    const sheet = pane.appendChild(document.createElement("dialog"));
    sheet.className = "reader-sheet";
    sheet.setAttribute("aria-labelledby", "reader-title");
    sheet.innerHTML = '<div></div><p class="unseen" role="status"></p>';
    const [body, status] = sheet.children;
    const phone = matchMedia("(max-width: 760px)");
    const calm = matchMedia("(prefers-reduced-motion: reduce)");
    let opener = null;
    let found = [];
    let current = 0;

    // On a phone the sheet covers the page, and the browser keeps the focus in it.
    const unfold = () => (phone.matches ? sheet.showModal() : sheet.show());
    const close = () => sheet.open && sheet.close();

    const show = (html) => {
      if (!sheet.open) {
        opener = document.activeElement;
        unfold();
      }
      body.innerHTML = html;
      find("");
      sheet.scrollTop = 0;
      status.textContent = body.firstElementChild.dataset.said ?? "";
      (body.querySelector("h2") ?? body.querySelector("button")).focus({ preventScroll: true });
      reveal(body.querySelector("#reader-focus"), "instant");
    };

    const reveal = (place, behavior = calm.matches ? "instant" : "smooth") => {
      if (!place) return;
      const top = place.getBoundingClientRect().top - sheet.getBoundingClientRect().top - sheet.clientHeight / 3;
      sheet.scrollBy({ top, behavior });
    };

    const find = (typed) => {
      found = places(typed, body.querySelector(".reader-text"));
      go(0, typed);
    };
    const go = (place, typed) => {
      current = found.length && (place + found.length) % found.length;
      const count = body.querySelector(".reader-find output");
      const said = found.length ? `${current + 1} of ${found.length}` : "not found";
      if (count) count.textContent = typed ? said : "";
      paint(found, current);
      reveal(found[current]);
    };

    const onFindKey = (event) => {
      const { key, target } = event;
      if (key === "Enter" && !event.isComposing) go(current + (event.shiftKey ? -1 : 1), target.value.trim());
      else if (key === "Escape" && target.value) find((target.value = ""));
      else return;
      event.preventDefault();
    };
    const onKey = (event) => {
      if (!sheet.open || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.target.id === "reader-find") onFindKey(event);
      const act = { ArrowLeft: "previous", ArrowRight: "next", Escape: "close" }[event.key];
      const button = act && body.querySelector(`button[data-act=${act}]`);
      if (!button || event.defaultPrevented || (act !== "close" && event.target.closest(typing))) return;
      event.preventDefault();
      button.click();
    };

    const onClick = (event) => {
      const button = event.target.closest("button");
      if (button?.dataset.act === "close") close();
      if (!button?.dataset.article) return;
      const { article, at = "", n = "" } = button.dataset; // Gradio leaves out what is undefined
      open({ turn: Number(button.closest("[data-turn]")?.dataset.turn), article, at, n });
    };

    // An answer that settled meanwhile has replaced what opened the reader: its twin gets the focus.
    const onClosed = () => {
      if (sheet.open) return; // only folded anew, after the screen was turned
      find("");
      body.replaceChildren();
      const { article, at } = opener.dataset;
      const twins = [...document.querySelectorAll("[data-article]")];
      const isTwin = ({ dataset }) => dataset.article === article && dataset.at === at;
      (opener.isConnected ? opener : twins.find(isTwin))?.focus();
    };

    document.addEventListener("keydown", onKey);
    sheet.addEventListener("click", onClick);
    sheet.addEventListener("input", (event) => find(event.target.value.trim()));
    sheet.addEventListener("close", onClosed);
    phone.addEventListener("change", () => sheet.open && (sheet.close(), unfold()));
    return { show, close };
  };

  // The same for a part of the page whose value is the HTML. It is taken away as soon as it is shown: the same article
  // opened once more is a change again.
  onrecord.pane = ({ element, trigger, props, watch }) => {
    const reader = onrecord.reader({ pane: element.parentElement, open: (wish) => trigger("select", wish) });
    watch("value", () => {
      if (!props.value) return;
      reader.show(props.value);
      props.value = "";
    });
  };
})();
