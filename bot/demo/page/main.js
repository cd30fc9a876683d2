// The page: who looks, what is open, and what happens to it.

import { attach, follow, send } from "./server.js";
import { bubble, day, hour, summary } from "./bubbles.js";

const $ = (id) => document.getElementById(id);
const LIMIT_BYTES = 20 * 1024 * 1024;
const TOAST_MS = 4000, TYPING_MS = 5000;
const ACTIONS = { typing: "escribiendo…", upload_document: "enviando un archivo…", upload_photo: "enviando una foto…" };

let state = null;         // what the server showed: chats, people, bot, clock
let open = null;          // the id of the open chat
let unread = new Map();
let context = null;       // { kind: "reply" | "edit", message }
let waiting = new Map();  // buttons that wait for an answer, by query
let inline = null;        // the inline query typed last
let end = () => {};
let typing, hiding;

// Who looks, and at which chat: kept in the address, so that a reload and «back» find it.

function read() {
  const [person, chat] = location.hash.slice(1).split("/");
  return { person: Number(person) || null, chat: Number(chat) || null };
}

function go(person, chat) {
  const target = chat ? `#${person}/${chat}` : `#${person}`;
  if (location.hash === target) arrive();
  else location.hash = target;
}

function arrive() {
  const { person, chat } = read();
  if (!state || person !== state.me) connect(person);
  else show(chat);
}

function connect(person) {
  end();
  unread = new Map();
  end = follow(person ?? 1001, {
    state: begin, message: arrived, edit: changed, delete: deleted, action: acting, chat: chatChanged,
    clock: (clock) => { state.clock = clock; drawClock(); },
    bot: ({ is_on }) => { state.bot.is_on = is_on; drawPower(); drawHead(); },
    commands: ({ commands }) => { state.commands = commands; drawCommands(); },
    answer: answered, inline: offered,
  }, {
    lost: () => banner("Sin conexión con la demostración. Se reintenta…"),
    found: () => banner(null),
  });
}

function begin(shown) {
  state = shown;
  drawPeople(); drawClock(); drawPower(); drawCommands();
  if (isWide() && !find(read().chat)) history.replaceState(null, "", `#${state.me}/${state.me}`);
  show(read().chat);
}

function show(chatId) {
  const chat = find(chatId);
  const same = open === (chat?.id ?? null);
  open = chat?.id ?? null;
  unread.delete(open);
  $("app").dataset.screen = chat ? "talk" : "list";
  if (!same) { setContext(null); closeMenus(); }
  drawChats(); drawHead(); drawMessages();
  if (chat && !same && isWide()) $("text").focus();
}

const isWide = () => matchMedia("(min-width: 720px)").matches;
const find = (id) => state?.chats.find((each) => each.id === id) ?? null;
const me = () => state.people.find((each) => each.id === state.me);
const place = () => ({ sender: state.me, chat: open });

// What happens.

function arrived({ chat: id, message }) {
  const chat = find(id);
  if (!chat) return;
  chat.messages.push(message);
  if (id === open) {
    acting({ chat: id, action: null });
    const last = chat.messages.at(-2);
    if (!last || day(last.date) !== day(message.date)) $("messages").append(divider(message));
    $("messages").append(draw(message));
    $("welcome").hidden = true;
    settle();
  } else if (message.from.id !== state.me) {
    unread.set(id, (unread.get(id) ?? 0) + 1);
  }
  drawChats();
}

function changed({ chat: id, message }) {
  const chat = find(id);
  if (!chat) return;
  const at = chat.messages.findIndex((each) => each.message_id === message.message_id);
  if (at < 0) return;
  chat.messages[at] = message;
  if (id === open) {
    const old = $(`m${message.message_id}`);
    const focused = old?.contains(document.activeElement);
    const fresh = draw(message);
    old?.replaceWith(fresh);
    if (focused) (fresh.querySelector(".keyboard button") ?? $("text")).focus();
    if (at === chat.messages.length - 1) settle();
  }
  drawChats();
}

function deleted({ chat: id, message_id }) {
  const chat = find(id);
  if (!chat) return;
  chat.messages = chat.messages.filter((each) => each.message_id !== message_id);
  if (id === open) $(`m${message_id}`)?.remove();
  drawChats();
}

function acting({ chat: id, action }) {
  if (id !== open) return;
  clearTimeout(typing);
  $("status").dataset.action = action ? ACTIONS[action] ?? "ocupado…" : "";
  drawHead();
  if (action) typing = setTimeout(() => acting({ chat: id, action: null }), TYPING_MS);
}

function chatChanged({ chat }) {
  const at = state.chats.findIndex((each) => each.id === chat.id);
  if (at < 0) state.chats.push(chat);
  else state.chats[at] = chat;
  drawChats(); drawHead();
}

function answered({ query_id, text, show_alert, url }) {
  const button = waiting.get(query_id);
  waiting.delete(query_id);
  if (button) release(button);
  if (url) follow_link(url);
  if (!text) return;
  if (show_alert) { $("alert-text").textContent = text; $("alert").showModal(); }
  else toast(text);
}

function release(button) {
  button.removeAttribute("aria-busy");
  button.disabled = false;
}

// What is drawn.

function drawPeople() {
  const select = $("person");
  select.replaceChildren(...state.people.map((each) => {
    const option = document.createElement("option");
    option.value = each.id;
    option.textContent = each.name;
    option.selected = each.id === state.me;
    return option;
  }));
  $("about").textContent = me()?.about ?? "";
}

function drawClock() {
  $("today").textContent = state.clock.words;
  $("chip").textContent = state.clock.short;
  $("chip").title = `Hoy, en la demostración: ${state.clock.words}`;
  $("reset").hidden = state.clock.is_start;
}

function drawPower() {
  $("power").checked = state.bot.is_on;
}

function drawChats() {
  $("chats").replaceChildren(...state.chats.map((chat) => {
    const last = chat.messages.at(-1);
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chat";
    if (chat.id === open) button.setAttribute("aria-current", "true");
    const face = Object.assign(document.createElement("span"), { className: "face", textContent: initials(chat) });
    face.setAttribute("aria-hidden", "true");
    face.dataset.kind = chat.is_private ? "bot" : "group";
    const words = document.createElement("span");
    words.className = "chat-words";
    words.append(
      Object.assign(document.createElement("strong"), { textContent: chat.title }),
      Object.assign(document.createElement("span"), { textContent: last ? summary(last) : "Aún no hay mensajes" }),
    );
    const side = document.createElement("span");
    side.className = "chat-side";
    if (last) side.append(Object.assign(document.createElement("time"), { textContent: hour(last.date) }));
    const count = unread.get(chat.id);
    if (count) {
      const badge = Object.assign(document.createElement("span"), { className: "badge", textContent: count });
      badge.setAttribute("aria-label", `${count} sin leer`);
      side.append(badge);
    }
    button.append(face, words, side);
    button.addEventListener("click", () => go(state.me, chat.id));
    item.append(button);
    return item;
  }));
}

const initials = (chat) => (chat.is_private ? "✓" : chat.title.split(" ").map((word) => word[0]).join("").slice(0, 2));

function drawHead() {
  const chat = find(open);
  $("composer").hidden = !chat || chat.is_blocked;
  $("block").hidden = !chat?.is_private;
  if (!chat) return;
  $("title").textContent = chat.title;
  $("face").textContent = initials(chat);
  $("face").dataset.kind = chat.is_private ? "bot" : "group";
  const kind = chat.is_private ? "bot" : `${chat.members} miembros`;
  const off = !state.bot.is_on && "apagado: sus mensajes esperan";
  $("status").textContent = $("status").dataset.action || (chat.is_blocked && "bloqueado") || (chat.is_private && off) || kind;
  $("block").textContent = chat.is_blocked ? "Desbloquear" : "Bloquear";
}

function drawMessages() {
  const chat = find(open);
  const list = $("messages");
  list.replaceChildren();
  if (!chat) return;
  let before = null;
  for (const message of chat.messages) {
    if (!before || day(before.date) !== day(message.date)) list.append(divider(message));
    list.append(draw(message));
    before = message;
  }
  drawWelcome(chat);
  settle();
}

function drawWelcome(chat) {
  $("welcome").hidden = chat.messages.length > 0;
  $("description").textContent = chat.is_private
    ? state.bot.description ?? ""
    : "En un grupo el bot atiende comandos y respuestas a sus mensajes.";
  $("examples").replaceChildren(...state.examples.map((example) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = chat.is_private ? example : command(example);
    button.addEventListener("click", () => say(button.textContent));
    return button;
  }));
}

const COMMANDS = ["/vence junio", "/pendientes UTAI", "/avance por unidad"];
const command = (example) => COMMANDS[state.examples.indexOf(example)] ?? example;

function draw(message) {
  const chat = find(open);
  return bubble(message, { me: state.me, isPrivate: chat.is_private }, {
    say, press, show: jump, settle, open: openActions, payload,
  });
}

function divider(message) {
  return Object.assign(document.createElement("li"), { className: "date", textContent: day(message.date) });
}

function drawCommands() {
  $("commands").replaceChildren(...state.commands.map((each) => {
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("role", "menuitem");
    button.append(
      Object.assign(document.createElement("strong"), { textContent: `/${each.command}` }),
      Object.assign(document.createElement("span"), { textContent: each.description }),
    );
    button.addEventListener("click", () => { closeMenus(); say(`/${each.command}`); $("text").focus(); });
    return button;
  }));
}

function settle() {
  const box = $("scroll");
  box.scrollTop = box.scrollHeight;
}

function jump(messageId) {
  const item = $(`m${messageId}`);
  item?.scrollIntoView({ block: "center" });
  item?.classList.add("flash");
  setTimeout(() => item?.classList.remove("flash"), 1200);
}

function banner(text) {
  $("banner").hidden = !text;
  $("banner").textContent = text ?? "";
}

function toast(text) {
  clearTimeout(hiding);
  $("toast").textContent = text;
  $("toast").hidden = false;
  hiding = setTimeout(() => { $("toast").hidden = true; }, TOAST_MS);
}

// What people do.

async function tried(work) {
  try {
    return await work;
  } catch (error) {
    toast(error.message);
    return null;
  }
}

const say = (text, more = {}) => tried(send("say", { ...place(), text, ...more }));

async function press(button, kind, message) {
  if (kind.url) { follow_link(kind.url); return; }
  if (kind.copy_text) { await navigator.clipboard?.writeText(kind.copy_text.text); toast("Copiado"); return; }
  const typed = kind.switch_inline_query_current_chat ?? kind.switch_inline_query;
  if (typed !== undefined) { setText(`@${state.bot.username} ${typed}`); return; }
  button.disabled = true;
  button.setAttribute("aria-busy", "true");
  const pressed = await tried(send("press", { ...place(), message: message.message_id, data: kind.callback_data }));
  if (pressed) waiting.set(pressed.query, button);
  else release(button);
  setTimeout(() => release(button), TYPING_MS);
}

/** The payload of a link that starts this bot; null for any other link. */
function payload(address) {
  let url;
  try { url = new URL(address); } catch { return null; }
  const is_bot = (url.host === "t.me" && url.pathname.slice(1).toLowerCase() === state.bot.username)
    || (url.protocol === "tg:" && url.searchParams.get("domain")?.toLowerCase() === state.bot.username);
  return is_bot ? url.searchParams.get("start") ?? "" : null;
}

function follow_link(address) {
  const start = payload(address);
  if (start === null) { window.open(address, "_blank", "noopener"); return; }
  go(state.me, state.me);
  tried(send("say", { sender: state.me, chat: state.me, text: `/start ${start}`.trim() }));
}

function setContext(next) {
  context = next;
  $("context").hidden = !next;
  if (!next) return;
  $("context-title").textContent = next.kind === "edit" ? "Corregir" : `Responder a ${next.message.from.first_name}`;
  $("context-text").textContent = summary(next.message);
  if (next.kind === "edit") setText(next.message.text ?? "");
  $("text").focus();
}

function setText(text) {
  $("text").value = text;
  grow();
  $("text").focus();
}

function grow() {
  const box = $("text");
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 140)}px`;
}

async function submit() {
  const text = $("text").value.trim();
  if (!text) return;
  const now = context;
  const done = now?.kind === "edit"
    ? await tried(send("revise", { ...place(), message: now.message.message_id, text }))
    : await say(text, now ? { reply_to: now.message.message_id } : {});
  if (!done) return;  // what was written stays, to be sent again
  setText("");
  setContext(null);
  $("results").hidden = true;
}

async function sendFile(file) {
  if (!file) return;
  if (file.size > LIMIT_BYTES) { toast("El archivo pasa de 20 MB, lo más que un bot puede recibir."); return; }
  const done = await tried(attach({
    ...place(), caption: $("text").value.trim(), reply_to: context?.message.message_id ?? null,
  }, file));
  if (done) { setText(""); setContext(null); }
}

// Menus.

function openActions(anchor, message) {
  closeMenus();
  const menu = document.createElement("div");
  menu.className = "menu actions";
  menu.setAttribute("role", "menu");
  const own = message.from.id === state.me;
  const add = (label, act) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
    button.setAttribute("role", "menuitem");
    button.addEventListener("click", () => { closeMenus(); act(); });
    menu.append(button);
  };
  add("Responder", () => setContext({ kind: "reply", message }));
  add("Reenviar", () => chooseTarget(message));
  if (own && message.text && !message.forward_origin) add("Corregir", () => setContext({ kind: "edit", message }));
  add("Copiar el texto", () => navigator.clipboard?.writeText(message.text ?? message.caption ?? ""));
  anchor.after(menu);
  anchor.setAttribute("aria-expanded", "true");
  menu.dataset.floating = "";
  menu.firstChild.focus();
  menu.scrollIntoView({ block: "nearest" });
}

function chooseTarget(message) {
  const from = place();
  $("targets").replaceChildren(...state.chats.map((chat) => {
    const item = document.createElement("li");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "soft", textContent: chat.title });
    button.addEventListener("click", async () => {
      $("forward").close();
      if (await tried(send("forward", { ...from, message: message.message_id, to: chat.id }))) go(state.me, chat.id);
    });
    item.append(button);
    return item;
  }));
  $("forward").showModal();
}

function closeMenus() {
  for (const menu of document.querySelectorAll(".menu.actions")) {
    menu.previousElementSibling?.removeAttribute("aria-expanded");
    if (menu.contains(document.activeElement)) menu.previousElementSibling?.focus();
    menu.remove();
  }
  $("commands").hidden = true;
  $("menu").setAttribute("aria-expanded", "false");
}

function toggleCommands() {
  const hidden = !$("commands").hidden;
  closeMenus();
  $("commands").hidden = hidden;
  $("menu").setAttribute("aria-expanded", String(!hidden));
  if (!hidden) $("commands").querySelector("button")?.focus();
}

/** Up and down move within a menu, Escape leaves it. */
function steer(event) {
  const menu = event.target.closest?.(".menu");
  if (event.key === "Escape") {
    const back = $("menu").getAttribute("aria-expanded") === "true" ? $("menu") : null;
    closeMenus();
    $("results").hidden = true;
    if (context) setContext(null);
    back?.focus();
    return;
  }
  if (!menu || !["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) return;
  const items = [...menu.querySelectorAll("button")];
  const at = items.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  items[(next + items.length) % items.length]?.focus();
  event.preventDefault();
}

// Inline mode: «@bot words» offers results, where the bot has them.

async function searchInline() {
  const name = `@${state.bot.username} `;
  const text = $("text").value;
  if (!state.has_inline || !text.toLowerCase().startsWith(name)) { $("results").hidden = true; return; }
  const asked = await tried(send("search", { ...place(), text: text.slice(name.length) }));
  inline = asked?.query ?? null;
}

function offered({ query_id, results }) {
  if (query_id !== inline) return;
  $("results").replaceChildren(...results.map((result) => {
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("role", "option");
    button.append(
      Object.assign(document.createElement("strong"), { textContent: result.title }),
      Object.assign(document.createElement("span"), { textContent: result.description }),
    );
    button.addEventListener("click", async () => {
      $("results").hidden = true;
      if (await tried(send("choose", { ...place(), query: query_id, result: result.id }))) setText("");
    });
    return button;
  }));
  $("results").hidden = results.length === 0;
}

// The controls.

addEventListener("hashchange", arrive);
addEventListener("keydown", steer);
addEventListener("click", (event) => {
  if (!event.target.closest(".menu, .more, #menu")) closeMenus();
});
$("person").addEventListener("change", (event) => {
  const person = Number(event.target.value);
  const chat = find(open)?.is_private === false ? open : person;
  go(person, isWide() ? chat : null);
});
$("back").addEventListener("click", () => go(state.me, null));
$("day").addEventListener("click", () => tried(send("clock", { days: 1 })));
$("week").addEventListener("click", () => tried(send("clock", { days: 7 })));
$("reset").addEventListener("click", () => tried(send("clock", {})));
$("power").addEventListener("change", (event) => tried(send("bot", { on: event.target.checked })));
$("block").addEventListener("click", () => tried(send("block", { sender: state.me, blocked: !find(open).is_blocked })));
$("menu").addEventListener("click", toggleCommands);
$("attach").addEventListener("click", () => $("file").click());
$("file").addEventListener("change", async (event) => { await sendFile(event.target.files[0]); event.target.value = ""; });
$("context-close").addEventListener("click", () => { setContext(null); $("text").focus(); });
$("composer").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
$("text").addEventListener("input", () => { grow(); searchInline(); });
$("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); }
});
$("scroll").addEventListener("dragover", (event) => event.preventDefault());
$("scroll").addEventListener("drop", (event) => { event.preventDefault(); if (open) sendFile(event.dataTransfer.files[0]); });
for (const button of document.querySelectorAll("[data-close]")) {
  button.addEventListener("click", () => button.closest("dialog").close());
}

arrive();
