// The page: who looks, what is open, and what happens to it.

import { attach, follow, send } from "./server.js";
import { bubble, day, hour, summary } from "./bubbles.js";
import { closeMenus, openMenu, steer } from "./menus.js";

const $ = (id) => document.getElementById(id);
const LIMIT_BYTES = 20 * 1024 * 1024, TEXT_UNITS = 4096;
const TOAST_MS = 4000, TYPING_MS = 5000, NEAR_PIXELS = 80;
const FIRST = 1001;  // who is played at first
const ACTIONS = { typing: "escribiendo…", upload_document: "enviando un archivo…", upload_photo: "enviando una foto…" };
const GROUP_EXAMPLES = ["/vence junio", "/pendientes UTAI", "/avance por unidad"];

let state = null;         // what the server showed: chats, people, bot, clock
let wanted = null;        // whose phone it is to be
let open = null;          // the id of the open chat
let context = null;       // { kind: "reply" | "edit", message }
let isSending = false;
let inline = null;        // the inline query typed last
let isSearching = false;  // it is on its way
let offers = new Map();   // results that came before the query's id was known
let end = () => {};
let typing, hiding;
const unread = new Map();
const drafts = new Map();   // by person and chat
const waiting = new Map();  // buttons that wait for an answer, by query

const wide = matchMedia("(min-width: 720px) and (min-height: 480px)");
const isWide = () => wide.matches;
const find = (id) => state?.chats.find((each) => each.id === id) ?? null;
const place = () => ({ sender: state.me, chat: open });
const draftKey = () => `${state?.me}/${open}`;

// Who looks, and at which chat: kept in the address, so that a reload and «back» find it.

function address() {
  const [person, chat] = location.hash.slice(1).split("/");
  return { person: Number(person) || null, chat: Number(chat) || null };
}

function go(person, chat) {
  const target = chat ? `#${person}/${chat}` : `#${person}`;
  if (location.hash === target) arrive();
  else location.hash = target;
}

function arrive() {
  const { person, chat } = address();
  if ((person ?? FIRST) !== wanted) connect(person ?? FIRST);
  else if (state) show(chat);
}

function connect(person) {
  end();
  keepDraft();
  wanted = person;
  state = open = null;
  unread.clear();
  waiting.clear();
  $("app").setAttribute("aria-busy", "true");
  end = follow(person, {
    state: begin, message: arrived, edit: changed, delete: deleted, action: acting, chat: chatChanged,
    clock: (clock) => { state.clock = clock; drawClock(); },
    bot: ({ is_on }) => { state.bot.is_on = is_on; drawPower(); drawHead(); },
    commands: ({ commands }) => { state.commands = commands; drawCommands(); },
    answer: answered, inline: offered, nobody: () => go(FIRST, null),
  }, {
    lost: () => banner("Sin conexión con la demostración. Se reintenta…"),
    found: () => banner(null),
  });
}

function begin(shown) {
  if (shown.me !== wanted) return;
  state = shown;
  $("app").removeAttribute("aria-busy");
  drawPeople(); drawClock(); drawPower(); drawCommands();
  if (isWide() && !find(address().chat)) history.replaceState(null, "", `#${state.me}/${state.me}`);
  show(address().chat);
}

function show(chatId) {
  const chat = find(chatId);
  const isSame = open === (chat?.id ?? null) && $("app").dataset.screen !== undefined;
  if (!isSame) { keepDraft(); closeMenus(); }
  const before = open;
  open = chat?.id ?? null;
  unread.delete(open);
  $("app").dataset.screen = chat ? "talk" : "list";
  if (!isSame) {
    setAction(null);
    setContext(null);
    setText(drafts.get(draftKey()) ?? "");
  }
  drawChats(); drawHead(); drawMessages();
  if (isSame) return;
  if (chat && isWide()) $("text").focus();
  else if (chat) $("title").focus();
  else if (before !== null) (chatButton(before) ?? $("person")).focus();
}

function keepDraft() {
  if (open !== null && context?.kind !== "edit") drafts.set(draftKey(), $("text").value);
}

// What happens.

function arrived({ chat: id, message }) {
  const chat = find(id);
  if (!chat || chat.messages.some((each) => each.message_id === message.message_id)) return;
  chat.messages.push(message);
  if (id === open) {
    const follows = message.from.id === state.me || isAtEnd();
    setAction(null);
    const last = chat.messages.at(-2);
    if (!last || day(last.date, state.zone) !== day(message.date, state.zone)) $("messages").append(divider(message));
    $("messages").append(draw(message));
    $("welcome").hidden = true;
    if (follows) settle();
    else $("newer").hidden = false;
  } else if (message.from.id !== state.me) {
    unread.set(id, (unread.get(id) ?? 0) + 1);
  }
  drawChats();
}

function changed({ chat: id, message }) {
  const chat = find(id);
  const at = chat?.messages.findIndex((each) => each.message_id === message.message_id) ?? -1;
  if (at < 0) return;
  chat.messages[at] = message;
  if (id === open) {
    const old = $(`m${message.message_id}`);
    const focus = focusWithin(old);
    const follows = isAtEnd();
    const fresh = draw(message);
    old?.replaceWith(fresh);
    if (focus !== null) {
      const keys = [...fresh.querySelectorAll("button")];
      (keys.find((each) => each.textContent === focus) ?? fresh.querySelector(".keyboard button") ?? $("text")).focus();
    }
    if (follows && at === chat.messages.length - 1) settle();
  }
  drawChats();
}

/** What the focused button of a message says; null where the focus is elsewhere. */
function focusWithin(item) {
  return item?.contains(document.activeElement) ? document.activeElement.textContent : null;
}

function deleted({ chat: id, message_id }) {
  const chat = find(id);
  if (!chat) return;
  chat.messages = chat.messages.filter((each) => each.message_id !== message_id);
  if (id === open) drawMessages();
  drawChats();
}

function acting({ chat: id, action }) {
  if (id !== open) return;
  setAction(action);
}

function setAction(action) {
  clearTimeout(typing);
  $("status").dataset.action = action ? ACTIONS[action] ?? "ocupado…" : "";
  drawHead();
  if (action) typing = setTimeout(() => setAction(null), TYPING_MS);
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
  button?.removeAttribute("aria-busy");
  if (url) followLink(url);
  if (!text) return;
  if (show_alert) { $("alert-text").textContent = text; $("alert").showModal(); }
  else toast(text);
}

// What is drawn.

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function drawPeople() {
  $("person").replaceChildren(...state.people.map((each) =>
    make("option", { value: each.id, textContent: each.name, selected: each.id === state.me })));
  $("about").textContent = state.people.find((each) => each.id === state.me)?.about ?? "";
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

const chatButton = (id) => document.querySelector(`#chats button[data-chat="${id}"]`);

function drawChats() {
  const focused = document.activeElement?.dataset?.chat;
  $("chats").replaceChildren(...state.chats.map(chatItem));
  if (focused) chatButton(focused)?.focus();
}

function chatItem(chat) {
  const last = chat.messages.at(-1);
  const face = make("span", { className: "face", textContent: initials(chat) });
  face.setAttribute("aria-hidden", "true");
  face.dataset.kind = chat.is_private ? "bot" : "group";
  const words = make("span", { className: "chat-words" },
    make("strong", { textContent: chat.title }),
    make("span", { textContent: last ? summary(last) : "Aún no hay mensajes" }));
  const side = make("span", { className: "chat-side" });
  if (last) side.append(make("time", { textContent: hour(last.date, state.zone) }));
  const count = unread.get(chat.id);
  if (count) {
    const badge = make("span", { className: "badge", textContent: count });
    badge.setAttribute("aria-label", `${count} sin leer`);
    badge.setAttribute("role", "img");
    side.append(badge);
  }
  const button = make("button", { type: "button", className: "chat" }, face, words, side);
  button.dataset.chat = chat.id;
  if (chat.id === open) button.setAttribute("aria-current", "true");
  button.addEventListener("click", () => go(state.me, chat.id));
  return make("li", {}, button);
}

const initials = (chat) => (chat.is_private ? "✓" : chat.title.split(" ").map((word) => word[0]).join("").slice(0, 2));

function drawHead() {
  const chat = find(open);
  $("composer").hidden = !chat || chat.is_blocked;
  $("blocked").hidden = !chat?.is_blocked || !chat.is_private;
  $("block").hidden = !chat?.is_private || chat.is_blocked;
  $("title").textContent = chat?.title ?? "";
  if (!chat) return;
  $("face").textContent = initials(chat);
  $("face").dataset.kind = chat.is_private ? "bot" : "group";
  const kind = chat.is_private ? "bot" : `${chat.members} miembros`;
  const off = !state.bot.is_on && "apagado: sus mensajes esperan";
  $("status").textContent = $("status").dataset.action || (chat.is_blocked && "bloqueado") || (chat.is_private && off) || kind;
}

function drawMessages() {
  const chat = find(open);
  const items = [];
  let before = null;
  for (const message of chat?.messages ?? []) {
    if (!before || day(before.date, state.zone) !== day(message.date, state.zone)) items.push(divider(message));
    items.push(draw(message));
    before = message;
  }
  $("log").setAttribute("aria-busy", "true");  // not read out again as a whole
  $("messages").replaceChildren(...items);
  $("log").removeAttribute("aria-busy");
  if (chat) drawWelcome(chat);
  settle();
}

function drawWelcome(chat) {
  $("welcome").hidden = chat.messages.length > 0;
  $("description").textContent = chat.is_private
    ? state.bot.description ?? ""
    : "En un grupo el bot atiende comandos y respuestas a sus mensajes.";
  const examples = chat.is_private ? state.examples : GROUP_EXAMPLES;
  $("examples").replaceChildren(...examples.map((example) => {
    const button = make("button", { type: "button", textContent: example });
    button.addEventListener("click", () => say(example));
    return button;
  }));
}

function draw(message) {
  const view = { me: state.me, isPrivate: find(open).is_private, zone: state.zone };
  return bubble(message, view, { say, press, payload, followLink, show: jump, settle: settleIfAtEnd, open: openActions });
}

function divider(message) {
  return make("li", { className: "date", textContent: day(message.date, state.zone) });
}

function drawCommands() {
  $("commands").replaceChildren(...state.commands.map((each) => {
    const button = make("button", { type: "button" },
      make("strong", { textContent: `/${each.command}` }),
      make("span", { textContent: each.description }));
    button.setAttribute("role", "menuitem");
    button.addEventListener("click", () => { closeMenus(); say(`/${each.command}`); $("text").focus(); });
    return button;
  }));
}

/** Whoever reads what was said before is left there. */
function isAtEnd() {
  const box = $("scroll");
  return box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PIXELS;
}

function settle() {
  const box = $("scroll");
  box.scrollTop = box.scrollHeight;
  $("newer").hidden = true;
}

/** A picture has come, and is taller than its place was. */
function settleIfAtEnd(height) {
  const box = $("scroll");
  if (box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PIXELS + height) settle();
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
  if (button.getAttribute("aria-busy")) return;
  if (kind.url) { followLink(kind.url); return; }
  if (kind.copy_text) { copy(kind.copy_text.text); return; }
  const typed = kind.switch_inline_query_current_chat ?? kind.switch_inline_query;
  if (typed !== undefined) { setText(`@${state.bot.username} ${typed}`); $("text").focus(); return; }
  button.setAttribute("aria-busy", "true");
  const pressed = await tried(send("press", { ...place(), message: message.message_id, data: kind.callback_data }));
  if (pressed) waiting.set(pressed.query, button);
  else button.removeAttribute("aria-busy");
  setTimeout(() => button.removeAttribute("aria-busy"), TYPING_MS);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast("Copiado");
  } catch {
    toast("Este navegador no deja copiar.");
  }
}

/** The payload of a link that starts this bot; null for any other link. */
function payload(link) {
  let url;
  try { url = new URL(link); } catch { return null; }
  const isBot = (url.host === "t.me" && url.pathname.slice(1).toLowerCase() === state.bot.username)
    || (url.protocol === "tg:" && url.searchParams.get("domain")?.toLowerCase() === state.bot.username);
  return isBot ? url.searchParams.get("start") ?? "" : null;
}

/** A link to the bot opens its private chat and starts it there; any other opens a page. */
function followLink(link) {
  const start = payload(link);
  if (start === null) { window.open(link, "_blank", "noopener"); return; }
  tried(send("say", { sender: state.me, chat: state.me, text: `/start ${start}`.trim() }));
  go(state.me, state.me);
}

function setContext(next) {
  const wasEdit = context?.kind === "edit";
  context = next;
  $("context").hidden = !next;
  if (wasEdit && !next) setText(drafts.get(draftKey()) ?? "");
  if (!next) return;
  $("context-title").textContent = next.kind === "edit" ? "Corregir" : `Responder a ${next.message.from.first_name}`;
  $("context-text").textContent = summary(next.message);
  if (next.kind === "edit") {
    drafts.set(draftKey(), $("text").value);
    setText(next.message.text ?? "");
  }
  $("text").focus();
}

function setText(text) {
  const box = $("text");
  box.value = text;
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 140)}px`;
}

/** Send what is written; where that fails it is put back, unless something else was begun. */
async function submit() {
  const text = $("text").value.trim();
  const now = context;
  if (!text || isSending) return;
  if (text.length > TEXT_UNITS) { toast(`Un mensaje lleva hasta ${TEXT_UNITS} letras; este tiene ${text.length}.`); return; }
  isSending = true;
  drafts.delete(draftKey());
  setText("");
  context = null;
  $("context").hidden = true;
  $("results").hidden = true;
  const done = now?.kind === "edit"
    ? await tried(send("revise", { ...place(), message: now.message.message_id, text }))
    : await say(text, now ? { reply_to: now.message.message_id } : {});
  isSending = false;
  if (!done && !$("text").value) setText(text);
}

async function sendFile(file) {
  if (!file || open === null) return;
  if (file.size > LIMIT_BYTES) { toast("El archivo pasa de 20 MB, lo más que un bot puede recibir."); return; }
  const caption = $("text").value.trim();
  const fields = { ...place(), caption, reply_to: context?.message.message_id ?? null };
  setText("");
  setContext(null);
  if (!await tried(attach(fields, file)) && !$("text").value) setText(caption);
}

// Menus.

function openActions(anchor, message) {
  const isOwn = message.from.id === state.me;
  openMenu(anchor, [
    ["Responder", () => setContext({ kind: "reply", message })],
    ["Reenviar", () => chooseTarget(message)],
    isOwn && message.text && !message.forward_origin && ["Corregir", () => setContext({ kind: "edit", message })],
    ["Copiar el texto", () => copy(message.text ?? message.caption ?? "")],
  ].filter(Boolean));
}

function chooseTarget(message) {
  const from = place();
  $("targets").replaceChildren(...state.chats.map((chat) => {
    const button = make("button", { type: "button", className: "soft", textContent: chat.title });
    button.addEventListener("click", async () => {
      $("forward").close();
      if (await tried(send("forward", { ...from, message: message.message_id, to: chat.id }))) go(state.me, chat.id);
    });
    return make("li", {}, button);
  }));
  $("forward").showModal();
}

function toggleCommands() {
  const isShown = !$("commands").hidden;
  closeMenus();
  $("commands").hidden = isShown;
  $("menu").setAttribute("aria-expanded", String(!isShown));
  if (!isShown) $("commands").querySelector("button")?.focus();
}

// Inline mode: «@bot words» offers results, where the bot has them.

// One search at a time: of two on their way the one typed first may arrive last.
async function searchInline() {
  if (isSearching) return;  // what is typed meanwhile is searched for when this one is back
  isSearching = true;
  let words = inlineWords();
  for (let searched = null; words !== null && words !== searched; words = inlineWords()) {
    searched = words;
    inline = (await tried(send("search", { ...place(), text: words })))?.query ?? null;
  }
  isSearching = false;
  if (words === null) $("results").hidden = true;
  else if (offers.has(inline)) drawResults(offers.get(inline));
  offers = new Map();
}

function inlineWords() {
  const name = `@${state.bot.username} `;
  const text = $("text").value;
  return state.has_inline && text.toLowerCase().startsWith(name) ? text.slice(name.length) : null;
}

function offered(offer) {
  if (offer.query_id === inline) drawResults(offer);
  else offers.set(offer.query_id, offer);
}

function drawResults({ query_id, results }) {
  $("results").replaceChildren(...results.map((result) => {
    const button = make("button", { type: "button" },
      make("strong", { textContent: result.title }),
      make("span", { textContent: result.description }));
    button.setAttribute("role", "option");
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
document.addEventListener("visibilitychange", () => {
  // a browser holds six streams to one server: a hidden tab gives its own back
  if (document.hidden) { keepDraft(); end(); wanted = null; } else if (wanted === null) arrive();
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape") { $("results").hidden = true; if (context && !document.querySelector(".menu:not([hidden])")) setContext(null); }
  steer(event);
});
addEventListener("click", (event) => {
  if (!event.target.closest(".menu, .more, #menu")) closeMenus();
});
for (const kind of ["dragover", "drop"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();  // the browser would leave the page for the file
    if (kind === "drop") sendFile(event.dataTransfer.files[0]);
  });
}
wide.addEventListener("change", () => { if (state && isWide() && open === null) go(state.me, state.me); });
$("person").addEventListener("change", (event) => {
  const person = Number(event.target.value);
  const chat = find(open)?.is_private === false ? open : person;
  go(person, isWide() ? chat : null);
});
$("back").addEventListener("click", () => go(state.me, null));
$("newer").addEventListener("click", () => { settle(); $("text").focus(); });
$("scroll").addEventListener("scroll", () => { if (isAtEnd()) $("newer").hidden = true; });
$("day").addEventListener("click", () => tried(send("clock", { days: 1 })));
$("week").addEventListener("click", () => tried(send("clock", { days: 7 })));
$("reset").addEventListener("click", () => tried(send("clock", {})));
$("power").addEventListener("change", async (event) => {
  if (!await tried(send("bot", { on: event.target.checked }))) drawPower();
});
for (const [id, blocked] of [["block", true], ["unblock", false]]) {
  $(id).addEventListener("click", () => tried(send("block", { sender: state.me, blocked })));
}
$("menu").addEventListener("click", toggleCommands);
$("attach").addEventListener("click", () => $("file").click());
$("file").addEventListener("change", async (event) => { await sendFile(event.target.files[0]); event.target.value = ""; });
$("context-close").addEventListener("click", () => { setContext(null); $("text").focus(); });
$("composer").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
$("text").addEventListener("input", () => { setText($("text").value); searchInline(); });
$("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); }
});
for (const button of document.querySelectorAll("[data-close]")) {
  button.addEventListener("click", () => button.closest("dialog").close());
}

arrive();
