// Files that Python made in, saved by the browser out; and conversations in the browser's memory, once it is told to.
"use strict";
window.onrecord ||= {};
(() => {
  const { onrecord } = window;
  const ON = "onrecord.remember";
  const KEPT = "onrecord.conversations";
  const MOST = 30; // conversations; a long one takes 200 kB, a browser gives a page some 5 MB
  let current = ""; // which of them is being held
  let menu = null;
  let wish = () => {};

  // What another program, or a hand, has spoiled is nothing that was kept.
  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
      return Array.isArray(kept) ? kept : [];
    } catch {
      return [];
    }
  };
  const isOn = () => localStorage.getItem(ON) === "yes";
  const tell = (words, turn) => {
    const tools = document.querySelector(turn ? `.exchange[data-turn="${turn}"] .tools` : ".saving.tools");
    tools.querySelector(".thanks").textContent = words;
  };

  // The oldest make room for the newest.
  const write = (kept) => {
    while (kept.length) {
      try {
        localStorage.setItem(KEPT, JSON.stringify(kept));
        return;
      } catch (error) {
        if (error.name !== "QuotaExceededError") throw error;
        kept.pop();
      }
    }
    localStorage.removeItem(KEPT);
  };

  const remember = ({ title, made, file }) => {
    current ||= crypto.randomUUID?.() ?? String(Math.random());
    const others = read().filter(({ id }) => id !== current);
    write([{ id: current, title, made, file }, ...others].slice(0, MOST));
    list();
  };

  const list = () => {
    const here = menu.querySelector(".here");
    const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });
    const kept = read();
    here.replaceChildren(
      ...kept.map(({ id, title, made }) => {
        const item = document.createElement("li");
        const button = item.appendChild(document.createElement("button"));
        const about = document.createElement("small");
        Object.assign(button.dataset, { act: "reopen", id });
        about.textContent = ` ${day.format(new Date(made))}, in this browser`;
        button.append(title, about);
        return item;
      }),
    );
    menu.querySelector("[data-act=forget]").hidden = !kept.length;
    menu.querySelector(".hint").hidden = menu.querySelectorAll("[data-act=reopen]").length > 0;
    menu.querySelector("[name=remember]").checked = isOn();
  };

  const save = ({ form, title, made, file }) => {
    const [type, ending] = form === "page" ? ["text/html", "html"] : ["application/json", "json"];
    const name = title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60) || "conversation";
    const anchor = document.createElement("a");
    anchor.href = URL.createObjectURL(new Blob([file], { type }));
    anchor.download = `${made.slice(0, 10)}-${name}.${ending}`;
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000);
    tell(`Saved as ${anchor.download}.`);
  };

  // What Python sends: shown nowhere, and taken out at once, so that the same again is a change again.
  onrecord.carrier = ({ element, props, watch }) => {
    watch("value", () => {
      const parcel = element.querySelector("[data-form], [data-told]")?.dataset;
      if (!parcel) return;
      if (parcel.told) tell(parcel.told, Number(parcel.turn));
      else if (parcel.form === "memory") remember(parcel);
      else save(parcel);
      props.value = "";
    });
  };

  onrecord.saving = ({ element, trigger, watch }) => {
    menu = element;
    wish = trigger;
    const begin = (id) => {
      current = id;
      tell("");
      document.querySelector(".reader-sheet[open]")?.close(); // its article is of the conversation before
      document.querySelector("#question textarea").focus();
    };
    const acts = {
      new: () => (begin(""), trigger("clear", {})),
      save: ({ dataset }) => trigger("download", { form: dataset.form }),
      reopen: ({ dataset }) => {
        const bundle = read().find(({ id }) => id === dataset.id)?.file ?? "";
        begin(dataset.id ?? "");
        trigger("input", { session: dataset.session ?? "", bundle });
      },
      forget: () => (localStorage.removeItem(KEPT), list()),
    };
    element.addEventListener("click", ({ target }) => {
      const button = target.closest("button[data-act]");
      if (!button) return;
      acts[button.dataset.act](button);
      const fold = button.closest("details");
      if (fold) fold.open = false;
    });
    element.addEventListener("change", ({ target }) => {
      if (target.name !== "remember") return;
      if (target.checked) localStorage.setItem(ON, "yes");
      else localStorage.removeItem(ON);
      if (target.checked) onrecord.answered();
    });
    list();
    watch("value", list); // Python tells which conversations it keeps once the page is there
  };

  // Called when an answer is there.
  onrecord.answered = () => {
    if (isOn() && document.querySelector(".exchange .answer, .exchange .refusal")) wish("download", { form: "memory" });
  };
})();
