// One message as it looks in the chat.

import { write } from "./text.js";

const COLORS = 6;
const KINDS = { photo: "Foto", document: "Archivo" };

/** Make the list item of a message. `view` knows who looks; `act` does what is pressed. */
export function bubble(message, view, act) {
  const item = document.createElement("li");
  const service = serviceText(message);
  item.id = `m${message.message_id}`;
  if (service) {
    item.className = "service";
    item.textContent = service;
    return item;
  }
  const own = message.from.id === view.me;
  item.className = own ? "own" : "other";
  const body = document.createElement("article");
  body.className = "bubble";
  body.setAttribute("aria-label", `${own ? "Usted" : message.from.first_name}, ${hour(message.date, view.zone)}`);
  if (!own && !view.isPrivate) body.append(sender(message.from));
  if (message.forward_origin) body.append(small("forwarded", `Reenviado de ${message.forward_origin.sender_user.first_name}`));
  if (message.via_bot) body.append(small("forwarded", `por @${message.via_bot.username}`));
  if (message.reply_to_message) body.append(quote(message.reply_to_message, act));
  if (message.photo) body.append(picture(message.photo.at(-1), act));
  if (message.document) body.append(file(message.document));
  const text = message.text ?? message.caption;
  if (text) {
    const words = document.createElement("div");
    words.className = "text";
    words.dir = "auto";
    write(words, text, message.entities ?? message.caption_entities, act);
    body.append(words);
  }
  body.append(foot(message, view, act));
  item.append(body);
  const rows = message.reply_markup?.inline_keyboard;
  if (rows) item.append(keyboard(rows, message, act));
  if (message.is_hidden) item.append(small("hidden-note", "El bot no ve este mensaje: en un grupo use un comando o respóndale."));
  return item;
}

/** What a message says in one line, for lists and quotes. */
export function summary(message) {
  const service = serviceText(message);
  if (service) return service;
  const kind = Object.keys(KINDS).find((each) => message[each]);
  const text = (message.text ?? message.caption ?? "").split("\n")[0];
  return [kind && (message.document?.file_name ?? KINDS[kind]), text].filter(Boolean).join(" · ");
}

export function hour(seconds, zone) {
  return new Intl.DateTimeFormat("es-PE", { hour: "2-digit", minute: "2-digit", timeZone: zone })
    .format(new Date(seconds * 1000));
}

export function day(seconds, zone) {
  return new Intl.DateTimeFormat("es-PE", { day: "numeric", month: "long", year: "numeric", timeZone: zone })
    .format(new Date(seconds * 1000));
}

function serviceText(message) {
  if (message.left_chat_member) return `${message.left_chat_member.first_name} salió del grupo`;
  if (message.migrate_to_chat_id) return "El grupo pasó a ser un supergrupo";
  if (message.migrate_from_chat_id) return "Este supergrupo viene de un grupo";
  return null;
}

function small(kind, text) {
  return Object.assign(document.createElement("p"), { className: kind, textContent: text });
}

function sender(from) {
  const name = small("sender", from.first_name);
  name.dataset.color = from.is_bot ? "bot" : String(from.id % COLORS);
  return name;
}

function quote(message, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quote";
  button.append(
    Object.assign(document.createElement("strong"), { textContent: message.from.first_name }),
    Object.assign(document.createElement("span"), { textContent: summary(message) }),
  );
  button.addEventListener("click", () => act.show(message.message_id));
  return button;
}

function picture(photo, act) {
  const anchor = document.createElement("a");
  anchor.href = `/files/${photo.file_id}`;
  anchor.target = "_blank";
  const image = document.createElement("img");
  image.className = "photo";
  image.alt = "Foto adjunta";
  image.src = anchor.href;
  image.addEventListener("load", () => act.settle(image.offsetHeight));
  anchor.append(image);
  return anchor;
}

function file(document_) {
  const anchor = document.createElement("a");
  anchor.className = "file";
  anchor.href = `/files/${document_.file_id}`;
  anchor.download = document_.file_name ?? "archivo";
  anchor.append(
    Object.assign(document.createElement("span"), { className: "file-icon", textContent: "↓" }),
    Object.assign(document.createElement("span"), { className: "file-name", textContent: document_.file_name ?? "archivo" }),
    Object.assign(document.createElement("span"), { className: "file-size", textContent: size(document_.file_size) }),
  );
  anchor.firstChild.setAttribute("aria-hidden", "true");
  return anchor;
}

function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} kB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function foot(message, view, act) {
  const line = small("foot", `${message.edit_date ? "editado · " : ""}${hour(message.date, view.zone)}`);
  const more = document.createElement("button");
  more.type = "button";
  more.className = "more";
  more.innerHTML = '<span aria-hidden="true">⋯</span>';
  more.setAttribute("aria-label", "Acciones del mensaje");
  more.setAttribute("aria-haspopup", "menu");
  more.addEventListener("click", () => act.open(more, message));
  line.append(more);
  return line;
}

function keyboard(rows, message, act) {
  const box = document.createElement("div");
  box.className = "keyboard";
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "Botones");
  for (const row of rows) {
    const line = document.createElement("div");
    for (const each of row) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = each.text;
      if (each.url) button.classList.add("opens");
      button.addEventListener("click", () => act.press(button, each, message));
      line.append(button);
    }
    box.append(line);
  }
  return box;
}
