// Files dropped or chosen in, pieces sent to Python out; clicks in the library in, what Python is told out.
"use strict";
window.onrecord ||= {};
(() => {
  const { onrecord } = window;
  const AT_ONCE = 4; // small files wait for the way there and back, not for the line

  class Trouble extends Error {} // what we say ourselves

  onrecord.library = ({ element, trigger }) => {
    const typed = () => element.querySelector("#library-find")?.value ?? "";
    const acts = {
      examine: () => trigger("click", {}),
      stop: () => trigger("stop", {}),
      keep: (button) => {
        const fold = button.closest("details");
        fold.open = false;
        fold.querySelector("summary").focus();
      },
      remove: (button) => {
        trigger("delete", { id: button.dataset.id, typed: typed() });
        button.closest("details").open = false; // another article may stand here next
        element.querySelector("#library-find").focus();
      },
    };
    element.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-act]");
      if (button) acts[button.dataset.act](button);
    });
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      trigger("submit", { typed: typed() });
    });
  };

  onrecord.intake = ({ element, trigger, server }) => {
    const [files, folder] = element.querySelectorAll("input");
    const told = element.querySelector(".told");
    const sending = element.querySelector(".sending");
    const bar = element.querySelector("progress");
    const drop = element.querySelector(".drop");
    const pieceBytes = Number(drop.dataset.piece);
    let key = null; // of what is being sent
    let busy = false;
    let cancelled = false;

    const say = (words) => (told.textContent = words);

    const sendFile = async (file, number, moved) => {
      for (let start = 0; start < file.size && !cancelled; start += pieceBytes) {
        const piece = file.slice(start, start + pieceBytes);
        const { trouble } = await server.keep_piece({ binary: true, data: { files: piece, key, number, start } });
        if (trouble) throw new Trouble(trouble);
        moved(piece.size);
      }
    };

    const sendAll = async (found) => {
      let done = 0;
      const moved = (bytes) => {
        bar.value += bytes;
        say(`Sending file ${Math.min(done + 1, found.length)} of ${found.length} …`);
      };
      const waiting = found.entries(); // shared: whoever is ready takes the next
      const one = async () => {
        for (const [number, { file }] of waiting) {
          if (cancelled) return;
          await sendFile(file, number, moved);
          done++;
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, one));
    };

    const send = async (found) => {
      if (busy) return say("The files before these are still being sent. Wait, or cancel them.");
      // What reading would leave out anyway.
      found = found.filter(({ path }) => !path.split("/").some((part) => part.startsWith(".")));
      busy = true;
      cancelled = false;
      say("");
      try {
        const begun = await server.begin_upload(found.map(({ file, path }) => [path, file.size]));
        if (begun.trouble) return say(begun.trouble);
        key = begun.key;
        bar.value = 0;
        bar.max = found.reduce((sum, { file }) => sum + file.size, 0);
        sending.hidden = false;
        await sendAll(found);
        if (cancelled) throw new Trouble("Cancelled. Nothing was kept.");
        say(found.length === 1 ? "1 file was sent." : `${found.length} files were sent.`);
        trigger("upload", { key });
      } catch (error) {
        cancelled = true; // the others that are under way stop too
        if (key) await server.drop_upload(key).catch(() => {});
        const unreached = "The files could not be sent: the page's server is gone, or a file cannot be read.";
        say(error instanceof Trouble ? error.message : unreached);
      } finally {
        key = null;
        busy = false;
        sending.hidden = true;
      }
    };

    const chosen = (input) => {
      const found = [...input.files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
      input.value = ""; // so that the same can be chosen again
      if (found.length) send(found);
    };

    const filesIn = async (entry) => {
      if (entry instanceof File) return [{ file: entry, path: entry.name }];
      if (entry.isFile) {
        const file = await new Promise((found, failed) => entry.file(found, failed));
        return [{ file, path: entry.fullPath.slice(1) }];
      }
      const reader = entry.createReader();
      const found = [];
      for (;;) {
        const some = await new Promise((read, failed) => reader.readEntries(read, failed));
        if (!some.length) return found;
        for (const each of some) found.push(...(await filesIn(each)));
      }
    };

    const dropped = async (items) => {
      // Asked for now: after this turn they are gone. What comes from another program may be a file without an entry.
      const entries = [...items].map((item) => item.webkitGetAsEntry() ?? item.getAsFile()).filter(Boolean);
      try {
        send((await Promise.all(entries.map(filesIn))).flat());
      } catch {
        say("Not everything that was dropped can be read. Choose it with the buttons instead.");
      }
    };

    element.addEventListener("click", (event) => {
      const act = event.target.closest("button")?.dataset.act;
      if (act === "files") files.click();
      else if (act === "folder") folder.click();
      else if (act === "cancel") cancelled = true;
    });
    for (const input of [files, folder]) input.addEventListener("change", () => chosen(input));
    for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
      drop.addEventListener(kind, (event) => {
        event.preventDefault();
        drop.classList.toggle("over", kind === "dragenter" || kind === "dragover");
      });
    }
    drop.addEventListener("drop", (event) => dropped(event.dataTransfer.items));
  };
})();
