import { OPCODE_BINARY } from "../../model/frame.ts";
import type { MessageKind } from "../../model/message-kind.ts";
import type { Told } from "../../model/said.ts";
import type { ValueDocument } from "../../model/value-document.ts";
import { DecodedMessage } from "../decoded-message.ts";
import type { DecodeContext } from "../decoder.ts";
import type { Decoded, DecodeSession } from "../decoder.ts";
import { yjs } from "../decoders/yjs.ts";
import { readJson } from "../json/read-json.ts";
import { bytesDocument } from "../lone-value.ts";
import { streamBroken } from "../stream/stream-session.ts";
import { abbreviate, bytesSaid } from "../summary.ts";
import { isUtf8, utf8Between } from "../utf8-text.ts";
import { AWARENESS, varint } from "./awareness.ts";

export const openYjs = ({ isPinned }: DecodeContext): DecodeSession => {
  let isSure = isPinned;
  return {
    decode: ({ bytes, opcode }) => {
      isSure ||= bytes[0] === AWARENESS && readAwareness(bytes)?.isTelling === true;
      const decoded = isSure && (opcode === OPCODE_BINARY || isPinned) ? describe(bytes) : undefined;
      return decoded ?? (isPinned ? streamBroken(yjs, bytes.length) : undefined);
    },
  };
};

const SYNC = 0;
const AUTH = 2;
const QUERY_AWARENESS = 3;
const STEPS = ["sync step 1", "sync step 2", "update"] as const;
/** Clients of one message that are told. */
const MOST_CLIENTS = 1000;

function describe(bytes: Uint8Array): Decoded | undefined {
  const [type] = bytes;
  switch (type) {
    case SYNC: {
      const step = STEPS[bytes[1] ?? 3];
      const body = varint(bytes, 2);
      if (step === undefined || body === undefined || body.end + body.value !== bytes.length) return undefined;
      const data = bytes.subarray(body.end);
      return message(step, step === "update" ? "event" : "control", bytes.length, bytesSaid(data.length), () => bytesDocument(data));
    }
    case AWARENESS: {
      const awareness = readAwareness(bytes);
      if (awareness === undefined) return undefined;
      return message("awareness", "event", bytes.length, () => (awareness.value() === undefined ? "" : abbreviate(awareness.value() as ValueDocument)), awareness.value);
    }
    case AUTH:
      return bytes.length < 2 ? undefined : message("auth", bytes[1] === 0 ? "error" : "control", bytes.length, bytesSaid(bytes.length));
    case QUERY_AWARENESS:
      return bytes.length === 1 ? message("query awareness", "control", bytes.length, bytesSaid(bytes.length)) : undefined;
    default:
      return undefined;
  }
}

/** `[1, length, clients, (client, clock, state as JSON)…]`, to its end. `isTelling`: a state is an object. */
function readAwareness(bytes: Uint8Array): { readonly isTelling: boolean; readonly value: () => ValueDocument | undefined } | undefined {
  const length = varint(bytes, 1);
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

function message(label: string, kind: MessageKind, length: number, summary: Told | (() => Told), value?: () => ValueDocument | undefined): Decoded {
  return new DecodedMessage({ decoder: yjs.id, label, kind, summary, value, layers: [{ stage: "envelope", name: yjs.name, what: label, from: 0, to: length, problem: undefined }] });
}
