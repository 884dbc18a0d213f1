import { OPCODE_TEXT } from "../../model/frame.ts";
import { say, type Told } from "../../model/said.ts";
import { NO_NODE, type ValueDocument } from "../../model/value-document.ts";
import { joined } from "../carried/unpack-stream.ts";
import { DecodedMessage } from "../decoded-message.ts";
import type { DecodeContext, Decoded, DecodeSession, FrameToDecode } from "../decoder.ts";
import { firebase } from "../decoders/firebase.ts";
import { JsonMessage } from "../json-protocol/json-message.ts";
import { Recent } from "../json-protocol/recent.ts";
import { lendJson } from "../json/read-json.ts";
import { recordMessage, type RecordFields } from "../records/record-message.ts";
import { streamBroken } from "../stream/stream-session.ts";
import { bytesSaid } from "../summary.ts";
import { decodeHead } from "../utf8-text.ts";

export const openFirebase = (context: DecodeContext): DecodeSession => new FirebaseSession(context);

/** So many pieces are put together, and so many bytes. */
const MOST_PIECES = 10_000;
const MOST_BYTES = 32 << 20;

interface Pieces {
  readonly count: number;
  readonly parts: Uint8Array[];
  length: number;
  readonly rows: number[];
}

class FirebaseSession implements DecodeSession {
  readonly #context: DecodeContext;
  readonly #pieces: { sent: Pieces | undefined; received: Pieces | undefined } = { sent: undefined, received: undefined };
  /** Paths and actions by the number of their request. */
  readonly #asked = new Recent<string>();

  constructor(context: DecodeContext) {
    this.#context = context;
  }

  decode(frame: FrameToDecode): Decoded | undefined {
    const { bytes, opcode, direction, row } = frame;
    if (opcode !== OPCODE_TEXT && !this.#context.isPinned) return undefined;
    const pieces = this.#pieces[direction];
    if (pieces !== undefined) return this.#join(frame, pieces);
    const count = bytes.length <= 5 ? /^\d{1,5}$/.exec(decodeHead(bytes, 5))?.[0] : undefined;
    if (count === "0") return own(bytes.length, "keep-alive", "heartbeat", "keep-alive");
    if (count !== undefined && Number(count) > 1 && Number(count) <= MOST_PIECES) {
      this.#pieces[direction] = { count: Number(count), parts: [], length: 0, rows: row === undefined ? [] : [row] };
      return own(bytes.length, "pieces", "control", count, say("decode.pieces-follow", { n: Number(count) }));
    }
    const { document, problem } = lendJson(bytes);
    const fields = document === undefined || problem !== undefined ? undefined : this.#read(document, frame);
    if (fields === undefined) return this.#context.isPinned ? streamBroken(firebase, bytes.length, problem?.said) : undefined;
    return recordMessage(firebase, frame, { from: 0, to: bytes.length }, document, fields);
  }

  /** One of the pieces of a long message; the last is the message. */
  #join({ bytes, direction, row }: FrameToDecode, pieces: Pieces): Decoded {
    pieces.length += bytes.length;
    pieces.parts.push(bytes.slice());
    if (row !== undefined) pieces.rows.push(row);
    const place = say("decode.message-of", { n: pieces.parts.length, all: pieces.count });
    const layer = { stage: "transport", name: firebase.name, what: place, from: 0, to: bytes.length, problem: undefined } as const;
    const isLast = pieces.parts.length === pieces.count || pieces.length > MOST_BYTES;
    if (isLast) this.#pieces[direction] = undefined;
    else return new DecodedMessage({ decoder: firebase.id, label: "piece", kind: "event", summary: bytesSaid(bytes.length), layers: [layer], derives: "layers" });
    const whole = joined(pieces.parts, pieces.length);
    const { document, problem } = lendJson(whole);
    if (document === undefined || problem !== undefined) return streamBroken(firebase, bytes.length, problem?.said);
    const fields = this.#read(document, { direction }) ?? OTHER;
    const told = recordMessage(firebase, { bytes: whole }, { from: 0, to: whole.length }, document, fields);
    return new DecodedMessage({ ...told, isJson: false, value: () => told.value, summary: told.summary, layers: [layer, ...told.layers.map((one) => ({ ...one, from: 0, to: bytes.length }))], derives: "value", joined: pieces.rows.length > 1 ? pieces.rows : [] });
  }

  #read(document: ValueDocument, { direction }: Pick<FrameToDecode, "direction">): RecordFields | undefined {
    const message = new JsonMessage(document, direction);
    const type = message.text("t");
    const data = message.at("d");
    const none = { id: undefined, answers: undefined, topic: undefined } as const;
    if (type === "c") {
      const control = message.textOf(message.in(data, "t")) ?? "control";
      return { ...none, label: CONTROLS[control] ?? control, kind: control === "e" ? "error" : control === "p" || control === "o" ? "heartbeat" : "control", what: "control", body: message.in(data, "d") };
    }
    if (type !== "d") return undefined;
    const body = message.in(data, "b");
    const number = message.idOf(message.in(data, "r"));
    const action = message.textOf(message.in(data, "a"));
    const path = message.textOf(message.in(body, "p"));
    if (action !== undefined) {
      const label = ACTIONS[action] ?? action;
      if (number !== undefined) this.#asked.set(number, path ?? label);
      const content = message.in(body, "d");
      return { ...none, label, kind: number === undefined ? "event" : "request", id: number, topic: path, what: action, body: content === NO_NODE ? body : content };
    }
    const status = message.textOf(message.in(body, "s"));
    if (number === undefined || status === undefined) return undefined;
    return { ...none, label: status, kind: status === "ok" ? "answer" : "error", answers: number, topic: this.#asked.get(number), what: `answer #${number}`, body: message.in(body, "d") };
  }
}

/** Whole JSON that says nothing of what is known here. */
const OTHER: RecordFields = { label: "JSON", kind: "event", id: undefined, answers: undefined, topic: undefined };
const CONTROLS: Readonly<Partial<Record<string, string>>> = { h: "handshake", r: "reset", s: "shutdown", e: "error", o: "pong", p: "ping", n: "end transmission" };
/** What a letter asks for, or tells. */
const ACTIONS: Readonly<Partial<Record<string, string>>> = {
  q: "listen", n: "unlisten", p: "put", m: "merge", g: "get", o: "onDisconnect.put", om: "onDisconnect.merge", oc: "onDisconnect.cancel",
  auth: "auth", gauth: "auth", unauth: "unauth", appcheck: "app check", s: "stats", d: "data", c: "listen revoked", ac: "auth revoked", apc: "app check revoked", sd: "security debug",
};

function own(length: number, label: string, kind: Decoded["kind"], summary: string, what: Told = label): Decoded {
  return new DecodedMessage({ decoder: firebase.id, label, kind, summary, layers: [{ stage: "transport", name: firebase.name, what, from: 0, to: length, problem: undefined }] });
}
