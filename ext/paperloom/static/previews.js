/* Shows the card of a paper while a link to its page is pointed at or has the focus.
   The card is a file beside the page, loaded as a script when it is first needed: browsers allow
   that for pages opened from the file system as well. Without this script links are plain links.
   As WCAG 1.4.13 asks, Escape puts a card away, the pointer may move onto it, and it stays as long
   as the pointer or the focus does. */
(() => {
  "use strict";

  const OPEN_AFTER = 300;
  const CLOSE_AFTER = 300;
  const MARGIN = 8;
  const GAP = 4;

  const root = new URL(document.documentElement.dataset.content_root ?? "./", location.href);
  const papers = new URL("papers/", root).href;
  const arrived = new Map();
  const loading = new Map();
  const panel = document.createElement("div");
  panel.className = "loom-preview";
  panel.id = "loom-preview";
  panel.setAttribute("role", "tooltip");
  panel.hidden = true;

  /* The link whose card is wanted, what it had before, and the link whose card was put away. */
  let wanted = null;
  let restore = () => {};
  let dismissed = null;
  let timer = 0;

  window.paperloomPreview = (card) => arrived.set(document.currentScript.src, card);

  /* Returns the address of the card that belongs to a link; nothing where the link leads to no other paper. */
  function addressOf(link) {
    if (link.closest(".loom-card-title")) return "";
    const url = new URL(link.getAttribute("href"), document.baseURI);
    url.hash = url.search = "";
    const name = url.href.startsWith(papers) ? url.href.slice(papers.length) : "";
    const page = /^([^/.]+)(\/|\.html?)?$/.exec(name);
    if (!page || page[1] === "index" || url.pathname === location.pathname) return "";
    return `${papers}${page[1]}${page[2] === "/" ? "/index" : ""}.card.js`;
  }

  function load(address) {
    if (!loading.has(address)) {
      const script = document.createElement("script");
      const card = new Promise((resolve) => {
        script.addEventListener("load", () => resolve(arrived.get(address)));
        script.addEventListener("error", () => resolve(undefined));
      });
      script.src = address;
      document.head.append(script);
      loading.set(address, card);
    }
    return loading.get(address);
  }

  function line(className, text) {
    const element = document.createElement("p");
    element.className = className;
    element.textContent = text;
    return element;
  }

  function fill(card) {
    const parts = [];
    if (card.figure) {
      const figure = document.createElement("img");
      figure.className = "loom-thumbnail";
      figure.alt = "";
      figure.width = 144;
      figure.height = 96;
      figure.src = new URL(card.figure, root).href;
      parts.push(figure);
    }
    parts.push(line("loom-card-title", card.title));
    if (card.facts) parts.push(line("loom-details", card.facts));
    if (card.tldr) parts.push(line("loom-preview-tldr", card.tldr));
    if (card.topics) parts.push(line("loom-details", card.topics));
    panel.replaceChildren(...parts);
  }

  /* Below or above the line of the link that is pointed at; beside it in the sidebar and in drawings. */
  function place(link, pointer) {
    const boxes = [...(link.querySelector(".loom-hit") ?? link).getClientRects()];
    const under = boxes.find((box) => pointer && box.top <= pointer.y && pointer.y <= box.bottom);
    const box = under ?? boxes[0] ?? link.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const { offsetWidth, offsetHeight } = panel;
    panel.style.left = panel.style.top = "0";
    const origin = panel.getBoundingClientRect();
    const within = (value, most) => Math.max(MARGIN, Math.min(value, most - MARGIN));
    let x = box.left;
    let y = box.bottom + GAP;
    if (link.closest(".sidebar-drawer, .loom-chart") && box.right + GAP + offsetWidth + MARGIN <= clientWidth) {
      x = box.right + GAP;
      y = within(box.top, clientHeight - offsetHeight);
    } else if (y + offsetHeight > clientHeight && box.top - GAP - offsetHeight >= 0) {
      y = box.top - GAP - offsetHeight;
    }
    panel.style.left = `${Math.round(within(x, clientWidth - offsetWidth) - origin.left)}px`;
    panel.style.top = `${Math.round(y - origin.top)}px`;
  }

  async function open(link, pointer) {
    wanted = link;
    const card = await load(addressOf(link));
    if (!card || wanted !== link || !link.isConnected) return;
    fill(card);
    if (!panel.isConnected) (document.querySelector("main, [role=main]") ?? document.body).append(panel);
    panel.hidden = false;
    place(link, pointer);
    restore(); // the pointer and the focus can both have asked for it
    const [described, title] = [link.getAttribute("aria-describedby"), link.getAttribute("title")];
    link.setAttribute("aria-describedby", [described, panel.id].filter(Boolean).join(" "));
    link.removeAttribute("title"); // it would stand on top of the card
    restore = () => {
      if (described === null) link.removeAttribute("aria-describedby");
      else link.setAttribute("aria-describedby", described);
      if (title !== null) link.setAttribute("title", title);
      restore = () => {};
    };
  }

  function close() {
    clearTimeout(timer);
    restore();
    wanted = null;
    panel.hidden = true;
  }

  function later(action, delay) {
    clearTimeout(timer);
    timer = setTimeout(action, delay);
  }

  const linkAt = (target) => {
    const link = target instanceof Element ? target.closest("a[href]") : null;
    return link && addressOf(link) ? link : null;
  };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = linkAt(event.target);
    if (link !== dismissed) dismissed = null;
    if (panel.contains(event.target) || (link && link === wanted)) {
      clearTimeout(timer);
    } else if (link && link !== dismissed) {
      const pointer = { y: event.clientY };
      later(() => {
        close();
        open(link, pointer);
      }, OPEN_AFTER);
    } else if (wanted?.matches(":focus-visible")) {
      clearTimeout(timer);
    } else {
      later(close, CLOSE_AFTER);
    }
  });
  document.documentElement.addEventListener("pointerleave", () => {
    if (!wanted?.matches(":focus-visible")) later(close, CLOSE_AFTER);
  });
  document.addEventListener("focusin", (event) => {
    const link = linkAt(event.target);
    if (link === wanted && link) return;
    close();
    if (link?.matches(":focus-visible")) open(link);
  });
  document.addEventListener("focusout", (event) => {
    if (event.target === wanted && !panel.matches(":hover") && !wanted.matches(":hover")) close();
  });
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !wanted) return;
      dismissed = wanted;
      // What else Escape would close stays for the next time.
      if (!panel.hidden) event.stopPropagation();
      close();
    },
    true,
  );
  document.addEventListener("pointerdown", (event) => {
    if (!panel.contains(event.target)) close();
  });
  addEventListener("resize", close);
  addEventListener("pagehide", close);
})();
