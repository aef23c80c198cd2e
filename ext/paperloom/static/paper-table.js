/* Makes the table of papers sortable and filterable, without a server and without a library.
   The table is complete without this script; the state is kept in the address, so that a view
   can be bookmarked and sent. */
(() => {
  "use strict";

  const text = (cell) => (cell ? cell.textContent.trim() : "");
  const fold = (value) => value.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const NUMERIC = new Set([3, 6]);
  const COLUMN = { year: 3, week: 4, topic: 5 };

  function control(title, field, className) {
    const wrapper = document.createElement("label");
    if (className) wrapper.className = className;
    wrapper.append(title, field);
    return wrapper;
  }

  function choice(name, values, everything) {
    const select = document.createElement("select");
    select.name = name;
    select.append(new Option(everything, ""));
    for (const value of values) select.append(new Option(value, value));
    return select;
  }

  function enhance(table) {
    const body = table.tBodies[0];
    const headers = [...table.tHead.rows[0].cells];
    const labels = headers.map(text);
    const rows = [...body.rows].map((element, order) => {
      const cells = [...element.cells];
      return {
        element,
        order,
        values: cells.map(text),
        topics: [...cells[COLUMN.topic].querySelectorAll("a")].map(text),
        get searched() {
          const authors = element.querySelector("[data-authors]")?.dataset.authors ?? "";
          const found = fold(`${element.textContent} ${authors}`);
          Object.defineProperty(this, "searched", { value: found }); // folded once, when it is first asked for
          return found;
        },
      };
    });
    // On a small screen each cell is preceded by the name of its column, from these words.
    labels.forEach((label, index) => table.style.setProperty(`--loom-label-${index + 1}`, JSON.stringify(`${label}: `)));
    const holder = table.closest(".loom-table");
    const label = JSON.parse(holder.querySelector("[data-labels]").dataset.labels);
    const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (_, name) => values[name]);
    const distinct = (values) => [...new Set(values)].filter(Boolean);
    const collator = new Intl.Collator(document.documentElement.lang || "en", { numeric: true });

    const search = document.createElement("input");
    search.type = "search";
    search.name = "q";
    search.placeholder = label.hint;
    const years = distinct(rows.map((row) => row.values[COLUMN.year])).sort(collator.compare).reverse();
    const weeks = distinct(rows.map((row) => row.values[COLUMN.week])).sort(collator.compare).reverse();
    const topics = distinct(rows.flatMap((row) => row.topics)).sort(collator.compare);
    const selects = {
      topic: choice("topic", topics, label.everyTopic),
      year: choice("year", years, label.everyYear),
      week: choice("week", weeks, label.everyWeek),
    };
    const reset = document.createElement("button");
    reset.type = "button";
    reset.textContent = label.clear;
    const form = document.createElement("form");
    form.className = "loom-controls";
    form.setAttribute("role", "search");
    form.setAttribute("aria-label", label.form);
    form.append(
      control(label.filter, search, "loom-search"),
      control(label.topic, selects.topic),
      control(label.year, selects.year),
      control(label.week, selects.week),
      reset,
    );
    const count = document.createElement("p");
    count.className = "loom-count";
    count.setAttribute("role", "status");
    holder.prepend(form, count);

    const state = { sort: null, descending: false };

    function show() {
      const words = fold(search.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const matches =
          words.every((word) => row.searched.includes(word)) &&
          (!selects.topic.value || row.topics.includes(selects.topic.value)) &&
          (!selects.year.value || row.values[COLUMN.year] === selects.year.value) &&
          (!selects.week.value || row.values[COLUMN.week] === selects.week.value);
        if (row.element.hidden === matches) row.element.hidden = !matches;
        shown += matches ? 1 : 0;
      }
      count.textContent = fill(shown === rows.length ? label.all : label.some, { shown, number: rows.length });
      remember();
    }

    function sort() {
      const { sort: column, descending } = state;
      const sign = descending ? -1 : 1;
      const ordered = [...rows].sort((a, b) => {
        if (column === null) return a.order - b.order;
        const [x, y] = [a.values[column], b.values[column]];
        if (!x !== !y) return x ? -1 : 1;
        const difference = NUMERIC.has(column) ? Number(x) - Number(y) : collator.compare(x, y);
        return sign * difference || a.order - b.order;
      });
      body.append(...ordered.map((row) => row.element));
      headers.forEach((header, index) => {
        if (index === column) header.setAttribute("aria-sort", descending ? "descending" : "ascending");
        else header.removeAttribute("aria-sort");
      });
    }

    function remember() {
      const query = new URLSearchParams();
      for (const field of [search, ...Object.values(selects)]) if (field.value) query.set(field.name, field.value);
      if (state.sort !== null) query.set("sort", `${state.descending ? "-" : ""}${state.sort}`);
      try {
        history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
      } catch {
        /* Opened from the file system, where some browsers refuse. */
      }
    }

    function recall() {
      const query = new URLSearchParams(location.search);
      for (const field of [search, ...Object.values(selects)]) field.value = query.get(field.name) ?? "";
      const stored = query.get("sort");
      if (stored && /^-?[0-6]$/.test(stored)) {
        state.sort = Math.abs(Number(stored));
        state.descending = stored.startsWith("-");
      }
    }

    headers.forEach((header, index) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = labels[index];
      button.addEventListener("click", () => {
        state.descending = state.sort === index ? !state.descending : NUMERIC.has(index);
        state.sort = index;
        sort();
        remember();
      });
      header.replaceChildren(button);
      header.scope = "col";
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", show);
    reset.addEventListener("click", () => {
      form.reset();
      state.sort = null;
      sort();
      show();
      search.focus();
    });
    recall();
    if (state.sort !== null) sort(); // the rows stand in their order already, and to move them costs time
    show();
  }

  for (const table of document.querySelectorAll("table.loom-papers")) enhance(table);
})();
