// Menus: one is open at a time, is moved in with the arrows, and left with Escape.

const COMMANDS = document.getElementById("commands"), KEY = document.getElementById("menu");

/** Open a menu below a button; a second press closes it. Entries are [label, what to do]. */
export function openMenu(anchor, entries) {
  const isOpen = anchor.getAttribute("aria-expanded") === "true";
  closeMenus();
  if (isOpen) return;
  const menu = document.createElement("div");
  menu.className = "menu actions";
  menu.setAttribute("role", "menu");
  menu.append(...entries.map(([label, act]) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
    button.setAttribute("role", "menuitem");
    button.addEventListener("click", () => { closeMenus(); act(); });
    return button;
  }));
  anchor.after(menu);
  anchor.setAttribute("aria-expanded", "true");
  menu.firstChild.focus();
  menu.scrollIntoView({ block: "nearest" });
}

/** Close whatever menu is open; the focus goes back to its button. */
export function closeMenus() {
  for (const menu of document.querySelectorAll(".menu.actions")) {
    const anchor = menu.previousElementSibling;
    anchor?.removeAttribute("aria-expanded");
    if (menu.contains(document.activeElement)) anchor?.focus();
    menu.remove();
  }
  if (COMMANDS.contains(document.activeElement)) KEY.focus();
  COMMANDS.hidden = true;
  KEY.setAttribute("aria-expanded", "false");
}

/** The keys of a menu. */
export function steer(event) {
  const menu = event.target.closest?.(".menu");
  if (event.key === "Escape" || (event.key === "Tab" && menu)) {
    closeMenus();
    return;
  }
  if (!menu || !["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) return;
  const items = [...menu.querySelectorAll("button")];
  const at = items.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  items[(next + items.length) % items.length]?.focus();
  event.preventDefault();
}
