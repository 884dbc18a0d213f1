import { OPCODE_TEXT } from "../../model/frame.ts";
import type { MessageKind } from "../../model/message-kind.ts";
import type { DecodeContext, Decoded, Decoder, DecodeSession, FrameToDecode } from "../decoder.ts";
import { readJsonHead } from "../json/json-head.ts";
import { DecodedMessage } from "../decoded-message.ts";
import { operationName } from "../graphql/operation-name.ts";
import { isList, isObject, type PlainValue } from "../plain-value.ts";
import { oneLine } from "../summary.ts";
import { beginsWith, decodeHead, decodeUtf8 } from "../utf8-text.ts";

/**
 * GraphQL over WebSocket: `graphql-transport-ws` (github.com/enisdenjo/graphql-ws, PROTOCOL.md) and the older
 * `graphql-ws` of subscriptions-transport-ws, whose names for the same things are start, data and stop.
 *
 * Sure from the subprotocol; else from a `connection_init` or `connection_ack`, or a subscription with a query. A
 * subscribe is a request; the first next, error or complete of its id answers it, later ones are events. The topic of
 * all messages of an operation is the operation's name. The value is the whole message.
 */
export const graphqlWs = {
  id: "graphql-ws",
  name: "GraphQL",
  claims: "connection",
  suits: ({ subprotocol }) => subprotocol === "graphql-transport-ws" || subprotocol === "graphql-ws",
  recognises: ({ bytes, opcode }) => opcode === OPCODE_TEXT && (beginsWith(bytes, CONNECTION) || beginsWith(bytes, SUBSCRIBE)) && SURE.test(decodeHead(bytes, HEAD_BYTES)),
  open: (context) => new GraphqlSession(context),
} as const satisfies Decoder;

const HEAD_BYTES = 4096;
/** What `SURE` begins with, so that other messages are not even made text. */
const CONNECTION = '{"type":"connection_';
const SUBSCRIBE = '{"id":"';
const SURE =
  /^\{"type":"connection_(?:init|ack)"|^\{"id":"[^"]{1,64}","type":"(?:subscribe|start)","payload":\{(?:"[a-zA-Z]+":(?:null|"[^"]*"|\{[^{}]*\}),)*"query":"/;

/** Operations of which is kept whether they were answered, and their names; the oldest is forgotten. */
const MOST_OPERATIONS = 4096;

interface Operation {
  readonly name: string;
  isAnswered: boolean;
}

interface Message {
  readonly type: string;
  readonly id: string | undefined;
  readonly payload: PlainValue | undefined;
}

class GraphqlSession implements DecodeSession {
  readonly #context: DecodeContext;
  readonly #operations = new Map<string, Operation>();

  constructor(context: DecodeContext) {
    this.#context = context;
  }

  decode(frame: FrameToDecode): Decoded | undefined {
    const { bytes, opcode } = frame;
    if (opcode !== OPCODE_TEXT && !this.#context.isPinned) return undefined;
    const isPartial = bytes.length > this.#context.maxBytes;
    const text = isPartial ? decodeHead(bytes, HEAD_BYTES) : decodeUtf8(bytes);
    const value = isPartial ? readJsonHead(text) : parse(text);
    const message = toMessage(value);
    if (message === undefined || value === undefined) return this.#context.isPinned ? notGraphql(text, bytes.length) : undefined;
    return this.#describe(message, { value, text, length: bytes.length, isPartial });
  }

  #describe(
    { type, id, payload }: Message,
    { value, text, length, isPartial }: { value: PlainValue; text: string; length: number; isPartial: boolean },
  ): Decoded {
    const name = type === "subscribe" || type === "start" ? this.#begin(id, payload) : undefined;
    const operation = id === undefined ? undefined : this.#operations.get(id);
    const isEnd = type === "complete" || type === "error";
    const isOutcome = isEnd || type === "next" || type === "data";
    const answers = isOutcome && operation?.isAnswered === false ? id : undefined;
    if (answers !== undefined && operation !== undefined) operation.isAnswered = true;
    if (id !== undefined && (isEnd || type === "stop")) this.#operations.delete(id);
    const what = id === undefined ? type : `${type} #${id}`;
    return new DecodedMessage({
      decoder: graphqlWs.id,
      label: name ?? type,
      kind: kindOf(type, payload, answers !== undefined),
      id,
      answers,
      topic: operation?.name === "" ? undefined : operation?.name,
      value: isPartial ? undefined : value,
      json: isPartial ? undefined : text,
      summary: isPartial ? oneLine(text) : undefined,
      layers: [{ stage: "envelope", name: LAYER, what, from: 0, to: length, problem: undefined }],
      isPartial,
    });
  }

  /** Remembers an operation and names it. */
  #begin(id: string | undefined, payload: PlainValue | undefined): string | undefined {
    const name = operationName(payload);
    if (id === undefined) return name;
    this.#operations.delete(id);
    this.#operations.set(id, { name: name ?? "", isAnswered: false });
    if (this.#operations.size > MOST_OPERATIONS) this.#operations.delete(this.#operations.keys().next().value as string);
    return name;
  }
}

const LAYER = "GraphQL over WebSocket";

/** Every type of both protocols. */
const KINDS: ReadonlyMap<string, MessageKind> = new Map([
  ["connection_init", "control"],
  ["connection_ack", "control"],
  ["connection_terminate", "control"],
  ["connection_error", "error"],
  ["ping", "heartbeat"],
  ["pong", "heartbeat"],
  ["ka", "heartbeat"],
  ["subscribe", "request"],
  ["start", "request"],
  ["next", "event"],
  ["data", "event"],
  ["error", "error"],
  ["complete", "control"],
  ["stop", "control"],
]);

function kindOf(type: string, payload: PlainValue | undefined, isAnswer: boolean): MessageKind {
  const kind = KINDS.get(type) ?? "event";
  if (kind === "event" && hasOnlyErrors(payload)) return "error";
  return isAnswer && kind !== "error" ? "answer" : kind;
}

/** A result whose data is missing or null: the operation failed (GraphQL specification, "Errors"). */
function hasOnlyErrors(payload: PlainValue | undefined): boolean {
  if (!isObject(payload)) return false;
  const { errors, data } = payload;
  return isList(errors) && errors.length > 0 && (data === undefined || data === null);
}

function toMessage(value: PlainValue | undefined): Message | undefined {
  if (!isObject(value)) return undefined;
  const { type, id, payload } = value;
  if (typeof type !== "string" || !KINDS.has(type)) return undefined;
  // subscriptions-transport-ws lets ids be numbers too.
  return { type, id: typeof id === "string" || typeof id === "number" ? String(id) : undefined, payload };
}

function parse(text: string): PlainValue | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    return JSON.parse(text) as PlainValue;
  } catch {
    return undefined;
  }
}

function notGraphql(text: string, length: number): Decoded {
  const problem = { message: "This is no message of GraphQL over WebSocket: a JSON object with one of its types.", offset: 0 };
  return new DecodedMessage({
    decoder: graphqlWs.id,
    label: "not GraphQL",
    kind: "error",
    summary: oneLine(text),
    layers: [{ stage: "envelope", name: LAYER, what: "broken", from: 0, to: length, problem }],
  });
}
