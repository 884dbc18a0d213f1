import type { MessageKind } from "../../model/message-kind.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import { NO_NODE } from "../../model/value-document.ts";
import { DecodedMessage } from "../decoded-message.ts";
import type { Decoded, FrameToDecode } from "../decoder.ts";
import { devServer } from "../decoders/dev-server.ts";
import type { JsonMessage } from "../json-protocol/json-message.ts";
import type { ReadMessage } from "../json-protocol/json-protocol.ts";
import { bytesDocument, textDocument } from "../lone-value.ts";
import { bytesSaid, oneLine } from "../summary.ts";
import { decodeHead, decodeUtf8, isUtf8, utf8Between } from "../utf8-text.ts";

/** Each tells what it is under one of three names: Vite and Next.js `type`, Next.js before version 16 and webpack `action`, Next.js's page `event`. */
export const readHotReload: ReadMessage = (message) => {
  if (!message.isObject) return undefined;
  const type = message.text("type") ?? message.text("action") ?? message.text("event");
  if (type === undefined) return undefined;
  const name = type === "custom" ? message.text("event") : undefined;
  const isError = ERROR.test(type) || message.entries(message.at("errors"), 1).length > 0;
  return { label: name ?? type, kind: isError ? "error" : (KINDS.get(type) ?? "event"), id: undefined, answers: undefined, topic: topicOf(message, type), what: type };
};

/** `error`, `errors`, `serverError`, `client-error`, `runtimeErrors`. */
const ERROR = /^(?:build|client-)?error|serverError$|^runtimeErrors$/i;
const KINDS: ReadonlyMap<string, MessageKind> = new Map([
  ["ping", "heartbeat"],
  ["pong", "heartbeat"],
  ["connected", "control"],
  ["turbopack-connected", "control"],
]);

/** The file, chunk or page that it is about; of several the first. */
function topicOf(message: JsonMessage, type: string): string | undefined {
  const data = message.at("data");
  const [update = NO_NODE] = message.entries(message.at("updates"), 1);
  const [first = data] = message.entries(data, 1);
  const changed = type.endsWith("-changed") || type.endsWith("Page") ? message.textOf(first) : undefined;
  return message.text("path") ?? message.textOf(message.in(update, "path")) ?? message.textOf(message.in(message.in(first, "resource"), "path")) ?? message.text("page") ?? message.text("file") ?? changed;
}

const HEAD_BYTES = 4096;
/** By the first byte: what React tells of a page as it is rendered, and errors of the server's. */
const DEBUG_CHUNK = 0;
const ERRORS = 1;

/** A binary message of Next.js (server/dev/messages): its value is the text that it brings, most often a part of a longer one. */
export function readNextBinary({ bytes }: FrameToDecode): Decoded | undefined {
  const [type, length = 0] = bytes;
  const isChunk = type === DEBUG_CHUNK;
  const from = isChunk ? 2 + length : 1;
  if ((!isChunk && type !== ERRORS) || from > bytes.length) return undefined;
  const body = bytes.subarray(from);
  const isText = isUtf8(body, 0, body.length);
  const label = isChunk ? "react-debug-chunk" : "errors-to-show-in-browser";
  return new DecodedMessage({
    decoder: devServer.id,
    label,
    kind: isChunk ? "event" : "error",
    // The page that was rendered.
    topic: isChunk ? utf8Between(bytes, 2, from) : undefined,
    value: body.length === 0 ? undefined : () => (isText ? textDocument(decodeUtf8(body)) : bytesDocument(body)),
    summary: () => (isText ? oneLine(decodeHead(body, HEAD_BYTES)) : "") || bytesSaid(body.length),
    layers: [{ stage: "envelope", name: devServer.name, what: label, from: 0, to: from, problem: undefined }],
  });
}

/** Most of them are parts of a text that goes on. */
export function refuseNextBinary(): never {
  throw new Refusal(say("decode.cannot-encode-frame", { format: "Next.js" }));
}
