// Formatted text: a message's text and entities become elements, never markup.

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code",
  pre: "pre", blockquote: "blockquote", expandable_blockquote: "blockquote", spoiler: "span",
};
const SAFE = /^(https?|mailto|tg):/i;

/** Write text with its entities into an element; `act` handles commands and links to the bot. */
export function write(element, text, entities, act) {
  element.append(...pieces(text, [...(entities ?? [])], 0, text.length, act));
}

function pieces(text, entities, start, end, act) {
  const nodes = [];
  let at = start;
  while (entities.length) {
    const entity = entities.shift();
    const first = entity.offset, last = entity.offset + entity.length;
    if (first < at || last > end) continue;  // crosses another: left as plain text
    if (first > at) nodes.push(document.createTextNode(text.slice(at, first)));
    const inside = [];
    while (entities.length && entities[0].offset < last) inside.push(entities.shift());
    const element = shape(entity, text.slice(first, last), act);
    element.append(...pieces(text, inside, first, last, act));
    nodes.push(element);
    at = last;
  }
  if (at < end) nodes.push(document.createTextNode(text.slice(at, end)));
  return nodes;
}

function shape(entity, text, act) {
  switch (entity.type) {
    case "bot_command": return pressable(() => act.say(text));
    case "text_link": return link(entity.url, act);
    case "url": return link(/^[a-z]+:/i.test(text) ? text : `https://${text}`, act);
    case "email": return link(`mailto:${text}`, act);
    case "mention": return Object.assign(document.createElement("span"), { className: "mention" });
    default: {
      const element = document.createElement(TAGS[entity.type] ?? "span");
      if (entity.type === "spoiler") {
        element.className = "spoiler";
        element.tabIndex = 0;  // shown while it has the focus
      }
      return element;
    }
  }
}

function pressable(press) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "inline";
  button.addEventListener("click", press);
  return button;
}

function link(address, act) {
  if (act.payload(address) !== null) return pressable(() => act.followLink(address));
  const anchor = document.createElement("a");
  if (SAFE.test(address)) anchor.href = address;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  return anchor;
}
