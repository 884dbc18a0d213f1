/** The chat: rooms, nicknames and typing over plain `ws`, subprotocol `chat.v1`, with permessage-deflate. */
import { parseJsonMessage } from "./json-message.mjs";

/** @typedef {import("ws").WebSocket} WebSocket */
/** @typedef {{ type?: unknown, room?: unknown, nick?: unknown, text?: unknown, on?: unknown }} Request */
/** @typedef {{ id: number, room: string, nick: string, text: string, ts: number }} Message */

const ROOMS = /** @type {const} */ (["desk", "research", "lunch"]);
const HISTORY_LENGTH = 20;
const MOST_TEXT = 500;
/** The colleagues speak about this often, and type for a moment before. */
const TALK_MS = 3800;
const TYPING_MS = 1300;

/** Who else is at the desk, and what they say in which room. */
const TALK = /** @type {const} */ ([
  ["desk", "Mira", "Anyone else seeing the ETH spread widen?"],
  ["desk", "Jonas", "Yes, two ticks since the last print 📈"],
  ["research", "Aiko", "東京の朝会は9時からです。"],
  ["desk", "Mira", "Moving my limit down to the round number."],
  ["lunch", "Noor", "Soup or dumplings? 🥟"],
  ["desk", "Jonas", "The relay dropped again. It reconnects, give it a second."],
  ["research", "Aiko", "Volatility note is out: https://example.com/notes/42"],
  ["lunch", "Jonas", "Dumplings. Obviously."],
  ["desk", "Noor", "Fills on the gold order look clean, thanks."],
]);

/** Holds the rooms; `connect` takes one client in. */
export class Chat {
  /** @type {Map<WebSocket, { room: string, nick: string }>} */
  #members = new Map();
  /** @type {Map<string, Message[]>} */
  #history = new Map(ROOMS.map((room) => [room, []]));
  #lastId = 0;
  #turn = 0;
  /** @type {NodeJS.Timeout | undefined} */
  #typing;
  #talking = setInterval(() => this.#talk(), TALK_MS);

  /** @param {WebSocket} socket */
  connect(socket) {
    this.#members.set(socket, { room: ROOMS[0], nick: `guest-${this.#members.size + 1}` });
    socket.on("message", (data, isBinary) => this.#take(socket, parseJsonMessage(data, isBinary)));
    socket.on("close", () => {
      const member = this.#members.get(socket);
      this.#members.delete(socket);
      if (member !== undefined) this.#tellMembers(member.room);
    });
  }

  close() {
    clearInterval(this.#talking);
    clearTimeout(this.#typing);
  }

  /** @param {WebSocket} socket @param {Request | null} request Null where the message was no JSON object. */
  #take(socket, request) {
    const member = this.#members.get(socket);
    if (member === undefined) return;
    if (request === null) return send(socket, { type: "error", message: "A message is a JSON object with a type." });
    switch (request.type) {
      case "join": {
        const room = ROOMS.find((name) => name === request.room);
        if (room === undefined) return send(socket, { type: "error", message: "There is no such room." });
        const left = member.room;
        member.room = room;
        if (typeof request.nick === "string" && request.nick !== "") member.nick = request.nick.slice(0, 24);
        send(socket, { type: "joined", room, nick: member.nick, rooms: ROOMS, history: this.#history.get(room) ?? [] });
        if (left !== room) this.#tellMembers(left);
        return this.#tellMembers(room);
      }
      case "message":
        if (typeof request.text === "string") this.#say(member.room, member.nick, request.text.slice(0, MOST_TEXT));
        return;
      case "typing":
        return this.#broadcast(member.room, { type: "typing", nick: member.nick, on: request.on === true }, socket);
      default:
        return send(socket, { type: "error", message: "The chat knows join, message and typing." });
    }
  }

  /** @param {string} room @param {string} nick @param {string} text */
  #say(room, nick, text) {
    /** @type {Message} */
    const message = { id: (this.#lastId += 1), room, nick, text, ts: Date.now() };
    const history = this.#history.get(room) ?? [];
    history.push(message);
    if (history.length > HISTORY_LENGTH) history.shift();
    this.#broadcast(room, { type: "message", ...message });
  }

  #talk() {
    const [room, nick, text] = TALK[this.#turn % TALK.length] ?? TALK[0];
    this.#turn += 1;
    this.#broadcast(room, { type: "typing", nick, on: true });
    this.#typing = setTimeout(() => {
      this.#broadcast(room, { type: "typing", nick, on: false });
      this.#say(room, nick, text);
    }, TYPING_MS);
  }

  /** @param {string} room */
  #tellMembers(room) {
    const present = [...this.#members.values()].filter((member) => member.room === room).map((member) => member.nick);
    const colleagues = TALK.filter(([theirs]) => theirs === room).map(([, nick]) => nick);
    this.#broadcast(room, { type: "members", room, nicks: [...new Set([...colleagues, ...present])] });
  }

  /** @param {string} room @param {object} message @param {WebSocket} [except] */
  #broadcast(room, message, except) {
    for (const [socket, member] of this.#members) {
      if (member.room === room && socket !== except) send(socket, message);
    }
  }
}

/** @param {WebSocket} socket @param {object} message */
function send(socket, message) {
  socket.send(JSON.stringify(message));
}
