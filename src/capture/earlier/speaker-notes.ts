import { noteSpeakers } from "../../agent/note-speakers.ts";
import { OPCODE_BINARY, type Direction } from "../../model/frame.ts";
import { readLiveSocket, type LiveSocket } from "./live-sockets.ts";
import { payloadSize } from "../sources/payload-bytes.ts";

/** A message that a socket sent, or that the page read: `socket` tells sockets of one realm apart. */
export interface SpeakerNote {
  readonly socket: string;
  readonly address: LiveSocket;
  readonly message: string;
  /** When it was received, on the realm's own clock; 0 of one that was sent, -1 where it was read after its turn. */
  readonly at: number;
}

/** Notes that a realm keeps until they are taken. */
const MOST_NOTES = 500;
/** Characters of a text by which it is known, at its beginning and at its end. */
const HEAD = 100;
const TAIL = 30;

/** Answers the two functions, `note` under a name that only this realm's scripts could guess, and none can list. */
export const beginNotes = (name: string): string => `(() => {
  const notes = (${noteSpeakers.toString()})(${MOST_NOTES}, ${HEAD}, ${TAIL});
  ${name} = notes.note;
  return notes;
})()`;
/** Declares the name: a top-level `let` is no property of anything. Where it is there already, nothing happens. */
export const declareNotes = (name: string): string => `let ${name}`;
export const endNotes = (name: string): string => `${name} = undefined`;
export const TAKE_NOTES = "function () { return this.take(); }";
/** From here on, messages of one direction are noted. */
export const BEGIN_NOTES = "function (isSent) { this.begin(isSent); }";
/** Answers the socket of a note's number. */
export const SOCKET_OF = "function (id) { return this.socketOf(id); }";

/** A condition that notes who calls the native function, and answers false, also in a realm that has no notes. */
export const noteWhen = (name: string, direction: Direction): string =>
  `typeof ${name} === "function" && ${name}(this, arguments[0], ${String(direction === "sent")})`;

/** The native functions that a message passes by. */
export const FUNCTIONS: Readonly<Record<Direction, string>> = {
  sent: "WebSocket.prototype.send",
  received: 'Object.getOwnPropertyDescriptor(MessageEvent.prototype, "data").get',
};

/** Reads what `TAKE_NOTES` answered in one realm; what has not its shape is left out. */
export function readNotes(value: unknown, realm: string): SpeakerNote[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((note): SpeakerNote[] => {
    const [id, row, message, at] = Array.isArray(note) ? (note as unknown[]) : [];
    const address = readLiveSocket(row);
    return typeof id === "number" && typeof message === "string" && typeof at === "number" && address !== undefined ? [{ socket: `${realm} ${id}`, address, message, at }] : [];
  });
}

/** How a note would tell of a frame that Chrome tells of. */
export function noteOf(direction: Direction, opcode: number, data: string): string {
  const what = opcode === OPCODE_BINARY ? `bytes ${payloadSize(data)}` : `text ${data.length} ${data.slice(0, HEAD)} ${data.slice(-TAIL)}`;
  return `${direction} ${what}`;
}
