/* The search dialog: opened with / or Ctrl-K or a button, results while one types. Pagefind finds
   them; the texts of the dialog are loaded when it is opened, and Pagefind while one types. Where it
   cannot run, as in pages opened from the file system, the same keys and buttons lead to Sphinx's search. */
(() => {
  "use strict";

  const RESULTS_AT_ONCE = 8;
  const PAUSE_IN_TYPING = 120;
  const WORDS_OF_A_SENTENCE = 45;
  const FILTERS = ["kind", "topic", "week", "year", "venue"];
  /* What a name of a paper is found in counts more than its text. */
  const RANKING = { metaWeights: { ids: 20, also: 8, authors: 6, title: 5 } };
  /* Characters of scripts without blanks between words: the index has each as a word, see search_pages.py. */
  const UNSPACED = "\\u3005-\\u3007\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const BETWEEN = new RegExp(`(?<=\\S)(?=[${UNSPACED}])|(?<=[${UNSPACED}])(?=[\\p{L}\\p{N}_])`, "gu");
  const ALL_UNSPACED = new RegExp(`^[${UNSPACED}]{2,}$`, "u");
  const NO_BLANK_AFTER = new RegExp(`[${UNSPACED}\\u3000-\\u303f\\uff00-\\uffef]$`, "u");
  const NO_BLANK_BEFORE = new RegExp(`^[${UNSPACED}\\u3000-\\u303f\\uff00-\\uffef]`, "u");
  /* Words of the index that stand for the whole name of a paper, see search_facts.py. */
  const NAME_END = "qxz";
  const NAME_LENGTH = 24;
  const PAPERS_OF_A_NAME = 4;
  const END_OF_SENTENCE = /[.!?。！？](?:["'”’)\]]*)$/u;

  const statics = new URL(".", document.currentScript.src);
  const root = new URL("../", statics);
  const form = document.querySelector("form.sidebar-search-container");
  const onSearchPage = document.getElementById("search-results") !== null;
  const searchPage = form?.action ?? document.querySelector('link[rel="search"]')?.href;
  const served = location.protocol === "http:" || location.protocol === "https:";

  let label = null;
  let pagefind = null; // a promise, from when the dialog is opened first
  let dialog = null; // a promise likewise

  /* ---- what is found ---- */

  const separated = (text) => text.replace(BETWEEN, " ");

  /* Addresses that people paste are those of the paper whose identifier they hold. */
  const identifier = (text) =>
    text
      .trim()
      .replace(/^(?:https?:\/\/)?(?:www\.)?arxiv\.org\/(?:abs|pdf|html)\/(\d{4}\.\d{4,5})(?:v\d+)?(?:\.pdf)?$/i, "$1")
      .replace(/^(arxiv:)?(\d{4}\.\d{4,5})v\d+$/i, "$2")
      .replace(/^(?:https?:\/\/)?(?:dx\.)?doi\.org\//i, "");

  async function find(text, options) {
    const index = await pagefind;
    const typed = identifier(text);
    if (ALL_UNSPACED.test(typed)) {
      const found = await index.search(`"${separated(typed)}"`, options);
      if (found.results.length) return found;
    }
    return index.search(separated(typed) || null, options);
  }

  const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

  /* The papers that are named just so, however often other pages use the word. */
  async function named(typed, options) {
    const name = Array.from(plain(typed));
    if (!name.length) return [];
    const index = await pagefind;
    const word = separated(name.slice(0, NAME_LENGTH).join("") + NAME_END);
    const { results } = await index.search(`"${word}"`, options);
    const papers = results.slice(0, PAPERS_OF_A_NAME);
    const pages = await Promise.all(papers.map((paper) => paper.data()));
    const names = ({ meta }) => [meta.title, ...(meta.also ?? "").split(" · ")];
    return papers.filter((_, place) => names(pages[place]).some((one) => plain(one) === name.join("")));
  }

  /* What is found, with papers that are named so first where the best match is to be first. */
  async function findAll(text, options) {
    const [found, first] = await Promise.all([
      find(text, options),
      Object.keys(options.sort).length ? [] : named(text, options),
    ]);
    const known = new Set(first.map((paper) => paper.id));
    return [...first, ...found.results.filter((result) => !known.has(result.id))];
  }

  /* The words of a page's text, as Pagefind counts them. */
  const wordsOf = (page) =>
    (page.raw_content.includes("\u200b") ? page.raw_content.split("\u200b") : page.raw_content.split(/\s+/)).map(
      (word) => word.trim().replaceAll("&lt;", "<").replaceAll("&gt;", ">"),
    );

  /* Where a page begins to say something: with its summary, or after its title. */
  function beginning(page, words) {
    const summary = words.indexOf("TL;DR");
    return Math.max(Math.min(summary < 0 ? page.meta.title.split(/\s+/).length : summary, words.length - 1), 0);
  }

  /* The sentence with the word that matters most, as [word, is it sought] pairs; where that is in the title or
     in a name of the page alone, its beginning. */
  function sentence(page) {
    const words = wordsOf(page);
    const sought = new Set(page.locations);
    const title = page.meta.title.split(/\s+/).length;
    const first = { location: beginning(page, words), balanced_score: -1 };
    const better = (one, other) => (other.balanced_score > one.balanced_score ? other : one);
    const best = page.weighted_locations.filter((place) => place.location >= title).reduce(better, first).location;
    let from = best;
    while (from > 0 && best - from < WORDS_OF_A_SENTENCE && !END_OF_SENTENCE.test(words[from - 1])) from -= 1;
    let to = best + 1;
    while (to < words.length && to - from < WORDS_OF_A_SENTENCE && !END_OF_SENTENCE.test(words[to - 1])) to += 1;
    return words.slice(from, to).map((word, place) => [word, sought.has(from + place)]);
  }

  const joined = (text) =>
    text
      .split(/\s+/)
      .reduce((line, word) => line + (NO_BLANK_AFTER.test(line) && NO_BLANK_BEFORE.test(word) ? "" : " ") + word);

  /* ---- what is shown ---- */

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  function marked(pairs) {
    const line = document.createDocumentFragment();
    let before = "";
    for (const [word, sought] of pairs) {
      if (before && !(NO_BLANK_AFTER.test(before) && NO_BLANK_BEFORE.test(word))) line.append(" ");
      line.append(sought ? element("mark", {}, word) : word);
      before = word;
    }
    return line;
  }

  function resultItem(page) {
    const kind = page.filters.kind?.[0];
    const facts = [label.kinds[kind], page.meta.week, page.meta.topics, page.meta.site].filter(Boolean).map(joined);
    const link = element("a", { class: "loom-found-title", href: page.url }, joined(page.meta.title));
    const text = element("p", { class: "loom-found-text" }, marked(sentence(page)));
    return element("li", {}, link, element("p", { class: "loom-details" }, facts.join(" · ")), text);
  }

  class Dialog {
    constructor() {
      this.asked = 0;
      this.input = element("input", {
        type: "search",
        autocomplete: "off",
        autocapitalize: "off",
        spellcheck: "false",
        enterkeyhint: "search",
        placeholder: label.hint,
        "aria-label": label.search,
        "aria-controls": "loom-found",
        "aria-describedby": "loom-search-keys",
      });
      this.list = element("ol", { id: "loom-found", class: "loom-found", "aria-label": label.results });
      this.status = element("p", { class: "loom-search-status", role: "status" });
      this.more = element("button", { type: "button", class: "loom-search-more", hidden: "" }, label.more);
      this.close = element("button", { type: "button", class: "loom-search-close", "aria-label": label.close }, "×");
      this.selects = Object.fromEntries(FILTERS.map((name) => [name, element("select")]));
      this.order = element("select", {}, new Option(label.byRelevance, ""), new Option(label.byDate, "date"));
      this.summary = element("summary", {}, label.filters);
      this.clear = element("button", { type: "button" }, label.clear);
      this.filters = element(
        "details",
        { class: "loom-search-filters" },
        this.summary,
        element("div", { class: "loom-search-choices" }, ...FILTERS.map((name) => this.choice(name)), this.clear),
      );
      for (const name of FILTERS) this.selects[name].append(new Option(label.every[name], ""));
      this.box = element(
        "dialog",
        { class: "loom-search-dialog", "aria-label": label.search },
        element("form", { role: "search", class: "loom-search-head" }, this.input, this.close),
        element(
          "div",
          { class: "loom-search-tools" },
          this.filters,
          element("label", { class: "loom-search-order" }, label.sort, " ", this.order),
        ),
        this.status,
        element("div", { class: "loom-search-results" }, this.list, this.more),
        element("p", { id: "loom-search-keys", class: "loom-search-keys" }, label.keys),
      );
      document.body.append(this.box);
      this.listen();
    }

    choice(name) {
      this.selects[name].id = `loom-search-${name}`;
      return element("div", {}, element("label", { for: this.selects[name].id }, label.names[name]), this.selects[name]);
    }

    listen() {
      let pause;
      this.input.addEventListener("input", () => {
        clearTimeout(pause);
        this.list.setAttribute("aria-busy", "true");
        pause = setTimeout(() => this.search(), PAUSE_IN_TYPING);
      });
      this.box.querySelector("form").addEventListener("submit", async (event) => {
        event.preventDefault();
        clearTimeout(pause);
        await this.search();
        this.links()[0]?.click();
      });
      for (const select of [...Object.values(this.selects), this.order]) {
        select.addEventListener("change", () => this.search());
      }
      this.filters.addEventListener("toggle", () => this.offerFilters());
      this.clear.addEventListener("click", () => {
        for (const select of Object.values(this.selects)) select.value = "";
        this.search();
      });
      this.more.addEventListener("click", () => this.showMore());
      this.close.addEventListener("click", () => this.box.close());
      this.box.addEventListener("click", (event) => event.target === this.box && this.box.close());
      this.box.addEventListener("keydown", (event) => this.move(event));
      /* A link to the page in view, or into it, leads there only when the dialog is out of the way. */
      this.list.addEventListener("click", (event) => event.target.closest("a") && this.box.close());
    }

    links() {
      return [...this.list.querySelectorAll("a")];
    }

    /* Arrows go from the field through the results and back; a letter typed there goes on with the words. */
    move(event) {
      if (event.altKey || event.ctrlKey || event.metaKey || event.target.matches("select, summary")) return;
      const stops = [this.input, ...this.links(), ...(this.more.hidden ? [] : [this.more])];
      const place = stops.indexOf(document.activeElement);
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && place >= 0) {
        event.preventDefault();
        const next = stops[Math.min(Math.max(place + step, 0), stops.length - 1)];
        next.focus();
        next.scrollIntoView({ block: "nearest" });
      } else if (place > 0 && (event.key.length === 1 || event.key === "Backspace") && event.key !== " ") {
        this.input.focus();
      }
    }

    async offerFilters() {
      if (this.offered || !this.filters.open) return;
      this.offered = true;
      const known = await pagefind.then((index) => index.filters()).catch(() => ({}));
      const collator = new Intl.Collator(document.documentElement.lang || "en", { numeric: true });
      for (const name of FILTERS) {
        const values = Object.keys(known[name] ?? {}).sort(collator.compare);
        if (name === "week" || name === "year") values.reverse();
        const shown = (value) => (name === "kind" ? label.kinds[value] : value);
        this.selects[name].append(...values.map((value) => new Option(shown(value), value)));
        this.selects[name].parentElement.hidden = values.length === 0;
      }
    }

    async search() {
      const asked = (this.asked += 1);
      this.list.setAttribute("aria-busy", "true");
      const chosen = Object.fromEntries(FILTERS.map((name) => [name, this.selects[name].value]).filter((pair) => pair[1]));
      const number = Object.keys(chosen).length;
      this.summary.textContent = number ? fill(label.filtersChosen, { number }) : label.filters;
      const typed = this.input.value.trim();
      if (!typed && !number) {
        this.show([], "");
        return;
      }
      const sort = this.order.value ? { [this.order.value]: "desc" } : {};
      const found = await findAll(typed, { filters: chosen, sort }).catch(() => null);
      if (!found || asked !== this.asked) return;
      const pages = await this.pages(found.slice(0, RESULTS_AT_ONCE));
      if (asked !== this.asked) return;
      const many = found.length;
      this.show(pages, many ? fill(label.found, { number: many }) : fill(label.nothing, { words: typed }));
      this.rest = found.slice(RESULTS_AT_ONCE);
      this.more.hidden = this.rest.length === 0;
    }

    pages(results) {
      return Promise.all(results.map((result) => result.data()));
    }

    show(pages, status) {
      this.list.replaceChildren(...pages.map(resultItem));
      this.list.setAttribute("aria-busy", "false");
      this.status.textContent = status;
      this.rest = [];
      this.more.hidden = true;
      this.list.parentElement.scrollTop = 0;
    }

    async showMore() {
      const asked = this.asked;
      const pages = await this.pages(this.rest.splice(0, RESULTS_AT_ONCE));
      if (asked !== this.asked) return;
      const items = pages.map(resultItem);
      this.list.append(...items);
      items[0]?.querySelector("a").focus();
      this.more.hidden = this.rest.length === 0;
    }
  }

  /* ---- how it is opened ---- */

  const loadScript = (source) =>
    new Promise((resolve, reject) => {
      const script = element("script", { src: source });
      script.addEventListener("load", resolve);
      script.addEventListener("error", () => reject(new Error(source)));
      document.head.append(script);
    });

  async function loadPagefind() {
    const module = await import(new URL("pagefind/pagefind.js", root).href);
    await module.options({ baseUrl: root.pathname, noWorker: true, ranking: RANKING });
    await module.init();
    await module.search("");  // init does not wait; this fails where there is no index
    return module;
  }

  async function makeDialog() {
    await loadScript(new URL("search-labels.js", statics).href);
    label = window.paperloomSearchLabels;
    return new Dialog();
  }

  /* What is typed between the key that opens the dialog and the dialog. */
  let early = null;

  async function open() {
    if (!served || onSearchPage) {
      openSphinxSearch();
      return;
    }
    early ??= "";
    if (!pagefind) {
      pagefind = loadPagefind();
      pagefind.catch(() => {}); // what comes of a failure is said below
    }
    dialog ??= makeDialog();
    let shown = null;
    try {
      shown = await dialog;
      bringUp(shown);
      await pagefind;
    } catch {
      pagefind = null;
      if (!shown) dialog = null;
      shown?.box.close();
      openSphinxSearch(shown ? shown.input.value.trim() : early);
    } finally {
      early = null;
    }
  }

  function bringUp(shown) {
    if (!shown.box.open) shown.box.showModal();
    shown.input.focus();
    shown.input.select();
    if (early) {
      shown.input.value = early;
      shown.input.dispatchEvent(new Event("input"));
    }
    early = null;
  }

  function openSphinxSearch(words = "") {
    const fields = [...document.querySelectorAll('form input[name="q"]')].filter((field) => field.form.action === searchPage);
    const seen = fields.find((field) => field.checkVisibility?.({ visibilityProperty: true }));
    if (seen) seen.focus();
    else if (searchPage && !onSearchPage) location.assign(words ? `${searchPage}?${new URLSearchParams({ q: words })}` : searchPage);
  }

  /* On a small screen the field of the sidebar is out of sight, and the page of Sphinx's search has no other. */
  function addField() {
    const field = form?.querySelector('input[name="q"]');
    if (!field || field.checkVisibility?.({ visibilityProperty: true })) return;
    const name = field.placeholder;
    const value = new URLSearchParams(location.search).get("q") ?? "";
    const own = element("input", { type: "search", name: "q", value, "aria-label": name });
    const button = element("button", { type: "submit" }, name);
    document
      .getElementById("search-results")
      .before(element("form", { class: "loom-search-again", action: searchPage, method: "get" }, own, button));
    if (!value) own.focus();
  }

  const isTyping = (target) => target.isContentEditable || target.matches?.("input, textarea, select");

  document.addEventListener(
    "keydown",
    (event) => {
      const alone = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (early !== null && alone && event.key.length === 1 && !isTyping(event.target)) {
        early += event.key;
        event.preventDefault();
        return;
      }
      const slash = event.key === "/" && alone && !isTyping(event.target);
      const controlK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey;
      if (!slash && !(controlK && !event.shiftKey)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      open();
    },
    true,
  );

  function addButtons() {
    const field = form?.querySelector('input[name="q"]');
    const name = field?.placeholder ?? "Search";
    const keys = { type: "button", "aria-keyshortcuts": "/ Control+K" };
    const header = document.querySelector(".mobile-header .header-right");
    const inHeader = element("button", { ...keys, class: "loom-search-header", "aria-label": name });
    inHeader.addEventListener("click", open);
    header?.prepend(inHeader);
    if (!field || !served || onSearchPage) return;
    const key = element("kbd", { "aria-hidden": "true" }, "/");
    const inSidebar = element("button", { ...keys, class: "sidebar-search loom-search-open" }, name, key);
    inSidebar.addEventListener("click", open);
    field.replaceWith(inSidebar);
  }

  /* Sphinx's search page waits for its index for ever. */
  async function sayThatIndexIsMissing() {
    if (typeof Search === "undefined" || Search.hasIndex()) return;
    await loadScript(new URL("search-labels.js", statics).href);
    document.getElementById("search-results").prepend(element("p", {}, window.paperloomSearchLabels.missing));
  }

  addButtons();
  if (onSearchPage) {
    window.addEventListener("load", () => {
      addField(); // only now the theme has hidden what is closed
      sayThatIndexIsMissing();
    });
  }
})();
