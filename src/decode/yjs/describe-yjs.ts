import type { MessageKind } from "../../model/message-kind.ts";
import type { Told } from "../../model/said.ts";
import type { ValueDocument } from "../../model/value-document.ts";
import { DecodedMessage, type MessageParts } from "../decoded-message.ts";
import type { Decoded, Decoder } from "../decoder.ts";
import { readJson } from "../json/read-json.ts";
import { bytesDocument } from "../lone-value.ts";
import { abbreviate, bytesSaid } from "../summary.ts";
import { isUtf8, utf8Between } from "../utf8-text.ts";
import { AWARENESS, varint } from "./awareness.ts";

type Self = Pick<Decoder, "id" | "name">;

const SYNC = 0;
const AUTH = 2;
const QUERY_AWARENESS = 3;
const STEPS = ["sync step 1", "sync step 2", "update"] as const;
/** Clients of one message that are told. */
const MOST_CLIENTS = 1000;

/** A message of the sync or of awareness from a place of the frame to its end; undefined where it is none. */
export function describeYjs(self: Self, bytes: Uint8Array, from: number, columns: Columns = {}): Decoded | undefined {
  switch (bytes[from]) {
    case SYNC: {
      const step = STEPS[bytes[from + 1] ?? STEPS.length];
      const body = varint(bytes, from + 2);
      if (step === undefined || body === undefined || body.end + body.value !== bytes.length) return undefined;
      const data = bytes.subarray(body.end);
      return yjsMessage(self, step, step === "update" ? "event" : "control", bytes.length, bytesSaid(data.length), () => bytesDocument(data), columns);
    }
    case AWARENESS: {
      const awareness = readAwareness(bytes, from);
      if (awareness === undefined) return undefined;
      return yjsMessage(self, "awareness", "event", bytes.length, () => (awareness.value() === undefined ? "" : abbreviate(awareness.value() as ValueDocument)), awareness.value, columns);
    }
    case AUTH:
      return bytes.length < from + 2 ? undefined : yjsMessage(self, "auth", bytes[from + 1] === 0 ? "error" : "control", bytes.length, bytesSaid(bytes.length), undefined, columns);
    case QUERY_AWARENESS:
      return bytes.length === from + 1 ? yjsMessage(self, "query awareness", "control", bytes.length, bytesSaid(bytes.length), undefined, columns) : undefined;
    default:
      return undefined;
  }
}

/** `[1, length, clients, (client, clock, state as JSON)…]`, from a place to the end. `isTelling`: a state is an object. */
export function readAwareness(bytes: Uint8Array, from: number): { readonly isTelling: boolean; readonly value: () => ValueDocument | undefined } | undefined {
  const length = varint(bytes, from + 1);
  if (length === undefined || length.end + length.value !== bytes.length) return undefined;
  const count = varint(bytes, length.end);
  if (count === undefined || count.value < 1 || count.value > MOST_CLIENTS) return undefined;
  const states: string[] = [];
  let { end } = count;
  for (let i = 0; i < count.value; i++) {
    const client = varint(bytes, end);
    const clock = client && varint(bytes, client.end);
    const size = clock && varint(bytes, clock.end);
    if (client === undefined || size === undefined || size.end + size.value > bytes.length || !isUtf8(bytes, size.end, size.end + size.value)) return undefined;
    end = size.end + size.value;
    const state = utf8Between(bytes, size.end, end);
    if (!/^(?:null$|\{)/.test(state) || readJson(bytes, size.end, end).problem !== undefined) return undefined;
    states.push(`"${client.value}":${state}`);
  }
  if (end !== bytes.length) return undefined;
  return { isTelling: states.some((state) => state.endsWith("}")), value: () => readJson(ENCODER.encode(`{${states.join(",")}}`)).document };
}

const ENCODER = new TextEncoder();

/** What the columns have of it besides its label and kind. */
type Columns = Pick<MessageParts, "id" | "answers" | "topic">;

export function yjsMessage(self: Self, label: string, kind: MessageKind, length: number, summary: Told | (() => Told), value?: () => ValueDocument | undefined, columns: Columns = {}): Decoded {
  return new DecodedMessage({ decoder: self.id, label, kind, summary, value, ...columns, layers: [{ stage: "envelope", name: self.name, what: label, from: 0, to: length, problem: undefined }] });
}
