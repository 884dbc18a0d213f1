/** The chat, a page of its own that the desk embeds from another origin. */
import { byId, make } from "./dom.mjs";
import { parseJson, ReconnectingSocket, socketUrl } from "./reconnecting-socket.mjs";

/** @typedef {{ nick: string, text: string, ts: number }} Message */

const MOST_MESSAGES = 60;
const TYPING_PAUSE_MS = 1500;

const list = byId("messages", HTMLOListElement);
const nick = byId("nick", HTMLInputElement);
const text = byId("text", HTMLInputElement);
let room = "desk";
/** @type {Set<string>} */
const typing = new Set();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let typingPause;

nick.value = `guest-${Math.floor(100 + Math.random() * 900)}`;
const socket = new ReconnectingSocket(socketUrl("chat"), {
  protocols: ["chat.v2", "chat.v1"],
  // The desk lists this connection; counts and states are no secret, so any embedding page may have them.
  report: (report) => window.parent.postMessage({ chat: report }, "*"),
  onOpen: () => join(),
  onMessage: (data) => take(parseJson(data)),
}).connect();

byId("compose", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  stopTyping();
  if (text.value.trim() !== "" && send({ type: "message", text: text.value })) text.value = "";
});
text.addEventListener("input", () => {
  if (typingPause === undefined) send({ type: "typing", on: true });
  clearTimeout(typingPause);
  typingPause = setTimeout(stopTyping, TYPING_PAUSE_MS);
});
nick.addEventListener("change", join);

function stopTyping() {
  if (typingPause !== undefined) send({ type: "typing", on: false });
  clearTimeout(typingPause);
  typingPause = undefined;
}

function join() {
  send({ type: "join", room, nick: nick.value });
}

/** @param {object} message */
function send(message) {
  return socket.send(JSON.stringify(message));
}

/** @param {unknown} value */
function take(value) {
  if (typeof value !== "object" || value === null || !("type" in value)) return;
  switch (value.type) {
    case "joined": {
      const { rooms, history } = /** @type {{ type: unknown, rooms: string[], history: Message[] }} */ (value);
      drawRooms(rooms);
      list.replaceChildren();
      typing.clear();
      for (const message of history) add(message);
      break;
    }
    case "message":
      add(/** @type {Message & { type: unknown }} */ (value));
      break;
    case "typing": {
      const { nick: who, on } = /** @type {{ type: unknown, nick: string, on: boolean }} */ (value);
      if (on) typing.add(who);
      else typing.delete(who);
      break;
    }
  }
  byId("typing", HTMLElement).textContent = typing.size === 0 ? "" : `${[...typing].join(", ")} typing…`;
}

/** @param {Message} message */
function add({ nick: who, text: said, ts }) {
  const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 30;
  const time = make("time", { textContent: new Date(ts).toLocaleTimeString("en", { hour: "2-digit", minute: "2-digit", hour12: false }) });
  list.append(make("li", {}, [time, make("b", { textContent: who }), ` ${said}`]));
  while (list.children.length > MOST_MESSAGES) list.firstElementChild?.remove();
  if (isAtEnd) list.scrollTop = list.scrollHeight;
}

/** @param {string[]} rooms */
function drawRooms(rooms) {
  const buttons = rooms.map((name) => {
    const button = make("button", { textContent: name });
    button.ariaPressed = String(name === room);
    button.addEventListener("click", () => {
      room = name;
      join();
    });
    return button;
  });
  byId("rooms", HTMLElement).replaceChildren(...buttons);
}
