// What furo leaves open for readers without a pointer: its menu and its contents open with a button, and what is wider
// than its place can be scrolled with the keyboard.
"use strict";

(() => {
  // furo opens its drawers with labels of hidden checkboxes, which no key reaches. Buttons take their places.
  function asButton(label) {
    const toggle = document.getElementById(label.htmlFor);
    const drawer = document.querySelector(toggle.id === "__toc" ? ".toc-drawer" : ".sidebar-drawer");
    const button = document.createElement("button");
    button.type = "button";
    button.className = label.className;
    button.setAttribute("aria-label", toggle.getAttribute("aria-label"));
    button.append(...label.childNodes);
    label.replaceWith(button);

    function show(open) {
      toggle.checked = open;
      toggle.dispatchEvent(new Event("change"));
      const first = [...drawer.querySelectorAll("a, button, input")].find((element) => element.checkVisibility());
      if (open && first) first.focus({ preventScroll: true });
    }
    const tell = () => button.setAttribute("aria-expanded", String(toggle.checked));

    button.addEventListener("click", () => show(!toggle.checked));
    toggle.addEventListener("change", tell);
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !toggle.checked || !button.checkVisibility()) return;
      show(false);
      button.focus();
    });
    tell();
  }

  // Some browsers give what scrolls a place in the order of the tab key, not all.
  const given = new WeakSet();

  function adapt(element) {
    const scrolls = element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight;
    if (scrolls && !element.hasAttribute("tabindex")) {
      element.tabIndex = 0;
      given.add(element);
    } else if (!scrolls && given.has(element)) {
      element.removeAttribute("tabindex");
      given.delete(element);
    }
  }

  document.querySelectorAll("label.nav-overlay-icon, label.toc-overlay-icon").forEach(asButton);
  // It also reports when an element appears, as what stands in a <details> does.
  const sizes = new ResizeObserver((entries) => entries.forEach((entry) => adapt(entry.target)));
  document.querySelectorAll(".highlight pre, .table-wrapper, .math-wrapper").forEach((element) => sizes.observe(element));
})();
