/* Offers the citation of a paper as text to copy, in each format and style, without a server and
   without a library. Without this script the page shows BibTeX and links to the files.

   Formatted citations are in a small script beside the page, which is loaded when a reader asks for
   one of them: a script can be loaded where pages are opened from the file system, other files
   cannot. It calls paperloomCitations(key, {styles: {name: markup}, files: {name: text}}). */
(() => {
  "use strict";

  const STYLES = { apa: "APA", ieee: "IEEE", acm: "ACM", chicago: "Chicago", "gb-t-7714": "GB/T 7714" };
  const FILES = { ris: ["RIS", ".ris"], "csl-json": ["CSL-JSON", ".json"] };
  const arrived = new Map();

  globalThis.paperloomCitations = (key, citations) => arrived.get(key)?.(citations);

  function load(place) {
    return new Promise((resolve) => {
      const key = decodeURIComponent(place.split("/").at(-1));
      const script = document.createElement("script");
      arrived.set(key, resolve);
      script.addEventListener("error", () => resolve({}));
      script.addEventListener("load", () => resolve({}));
      script.src = `${place}.citations.js`;
      document.head.append(script);
    });
  }

  async function read(address) {
    try {
      const response = await fetch(address);
      return response.ok ? (await response.text()).trim() : null;
    } catch {
      return null; /* Opened from the file system, where browsers refuse. */
    }
  }

  function plainText(element) {
    return element.textContent.trim();
  }

  /* Word processors take the markup, with its italics; everything else takes the text. */
  async function copy(element, isFormatted) {
    const text = plainText(element);
    try {
      if (isFormatted && globalThis.ClipboardItem && navigator.clipboard?.write) {
        const types = { "text/plain": text, "text/html": element.innerHTML };
        const blobs = Object.entries(types).map(([type, value]) => [type, new Blob([value], { type })]);
        await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
      } else {
        await navigator.clipboard.writeText(text);
      }
      return true;
    } catch {
      const range = document.createRange();
      range.selectNodeContents(element);
      const selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      try {
        return document.execCommand("copy");
      } catch {
        return false;
      }
    }
  }

  function enhance(holder, number) {
    const { place } = holder.dataset;
    const label = JSON.parse(holder.dataset.labels);
    const content = holder.parentElement;
    const code = content.querySelector(".highlight-text");
    if (!code) return;
    const formats = [
      { name: "bib", title: "BibTeX" },
      ...Object.entries(FILES).map(([name, [title]]) => ({ name, title })),
      ...Object.entries(STYLES).map(([name, title]) => ({ name, title, isFormatted: true })),
    ];
    let citations = null;
    const asked = () => (citations ??= load(place));

    const tabs = document.createElement("div");
    tabs.className = "loom-citation-tabs";
    tabs.setAttribute("role", "tablist");
    tabs.setAttribute("aria-label", label.formats);
    const status = document.createElement("p");
    status.className = "loom-citation-status";
    status.setAttribute("role", "status");

    for (const format of formats) {
      const tab = document.createElement("button");
      tab.type = "button";
      tab.textContent = format.title;
      tab.id = `citation-${number}-${format.name}-tab`;
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", `citation-${number}-${format.name}`);
      const panel = document.createElement("div");
      panel.className = "loom-citation-panel";
      panel.id = `citation-${number}-${format.name}`;
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
      const button = document.createElement("button");
      button.type = "button";
      button.className = "loom-citation-copy";
      button.textContent = label.copy;
      button.setAttribute("aria-label", `${label.copy}: ${format.title}`);
      if (format.name === "bib") {
        format.text = code.querySelector("pre");
        panel.append(code);
      } else {
        format.text = document.createElement(format.isFormatted ? "p" : "pre");
        format.text.className = "loom-citation-text";
        panel.append(format.text);
        button.hidden = true;
      }
      format.text.tabIndex = 0; /* Long lines are scrolled with the keyboard, too. */
      panel.append(button);
      tab.addEventListener("click", () => choose(format));
      button.addEventListener("click", async () => {
        const done = await copy(format.text, format.isFormatted);
        status.textContent = "";
        /* A reader of the screen hears the same words twice only if they went away in between. */
        setTimeout(() => {
          status.textContent = done ? label.copied.replace("{format}", format.title) : label.failed;
        }, 50);
      });
      Object.assign(format, { tab, panel, button });
      tabs.append(tab);
    }

    async function show(format) {
      if (format.isShown || format.name === "bib") return;
      format.isShown = true;
      format.text.textContent = label.loading;
      const { styles = {}, files = {} } = await asked();
      if (format.isFormatted && styles[format.name]) {
        format.text.innerHTML = styles[format.name];
      } else if (!format.isFormatted) {
        const text = files[format.name] ?? (await read(place + FILES[format.name][1]));
        if (text) format.text.textContent = text;
      }
      const isThere = format.text.textContent !== label.loading;
      if (!isThere) format.text.textContent = label.missing;
      format.button.hidden = !isThere;
    }

    function choose(chosen, { focus = false } = {}) {
      for (const format of formats) {
        const isChosen = format === chosen;
        format.tab.setAttribute("aria-selected", String(isChosen));
        format.tab.tabIndex = isChosen ? 0 : -1;
        format.panel.hidden = !isChosen;
      }
      status.textContent = "";
      if (focus) chosen.tab.focus();
      show(chosen);
    }

    tabs.addEventListener("keydown", (event) => {
      const at = formats.findIndex((format) => format.tab === event.target);
      const last = formats.length - 1;
      const next = {
        ArrowRight: at === last ? 0 : at + 1,
        ArrowLeft: at === 0 ? last : at - 1,
        Home: 0,
        End: last,
      }[event.key];
      if (at < 0 || next === undefined) return;
      event.preventDefault();
      choose(formats[next], { focus: true });
    });

    holder.append(tabs, ...formats.map((format) => format.panel), status);
    choose(formats[0]);
  }

  document.querySelectorAll(".loom-citations").forEach(enhance);
})();
