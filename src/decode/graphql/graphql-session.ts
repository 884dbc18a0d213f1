import { OPCODE_TEXT, type Direction } from "../../model/frame.ts";
import type { MessageKind } from "../../model/message-kind.ts";
import { say } from "../../model/said.ts";
import { ARRAY, sought, NO_NODE, NULL, NUMBER, OBJECT, STRING, type SoughtText, type ValueDocument } from "../../model/value-document.ts";
import { DecodedMessage } from "../decoded-message.ts";
import type { DecodeContext, Decoded, DecodeSession, FrameToDecode } from "../decoder.ts";
import { graphqlWs } from "../decoders/graphql-ws.ts";
import { idText } from "../fields/id-text.ts";
import { lendJson, readJson } from "../json/read-json.ts";
import { oneLine } from "../summary.ts";
import { decodeHead } from "../utf8-text.ts";
import { operationName } from "./operation-name.ts";

export const openGraphql = (context: DecodeContext): DecodeSession => new GraphqlSession(context);

const HEAD_BYTES = 4096;

/** Operations of which is kept whether they were answered, and their names; the oldest is forgotten. */
const MOST_OPERATIONS = 4096;

interface Operation {
  readonly name: string;
  /** Which side asked; only the other can answer. */
  readonly direction: Direction;
  isAnswered: boolean;
}

interface Message {
  readonly type: string;
  readonly id: string | undefined;
  readonly document: ValueDocument;
  /** `NO_NODE` where there is none. */
  readonly payload: number;
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
    const json = isPartial ? bytes.subarray(0, HEAD_BYTES) : bytes;
    const { document, problem } = this.#context.wantsValue ? readJson(json) : lendJson(json);
    const message = problem === undefined || isPartial ? toMessage(document) : undefined;
    if (message === undefined) return this.#context.isPinned ? notGraphql(bytes) : undefined;
    return this.#describe(message, frame, isPartial);
  }

  #describe({ type, id, document, payload }: Message, { bytes, direction }: FrameToDecode, isPartial: boolean): Decoded {
    const name = type === "subscribe" || type === "start" ? this.#begin(id, direction, document, payload) : undefined;
    const operation = id === undefined ? undefined : this.#operations.get(id);
    const isEnd = type === "complete" || type === "error";
    const isOutcome = isEnd || type === "next" || type === "data";
    const isAnswer = isOutcome && operation?.isAnswered === false && operation.direction !== direction;
    if (isAnswer) operation.isAnswered = true;
    if (id !== undefined && (isEnd || type === "stop")) this.#operations.delete(id);
    const what = id === undefined ? type : `${type} #${id}`;
    return new DecodedMessage({
      decoder: graphqlWs.id,
      label: name ?? type,
      kind: kindOf(type, document, payload, isAnswer),
      id,
      answers: isAnswer ? id : undefined,
      topic: operation?.name === "" ? undefined : operation?.name,
      value: isPartial ? undefined : this.#context.wantsValue ? document : () => readJson(bytes).document,
      isJson: true,
      summary: () => oneLine(decodeHead(bytes, HEAD_BYTES)),
      layers: [{ stage: "envelope", name: LAYER, what, from: 0, to: bytes.length, problem: undefined }],
      isPartial,
    });
  }

  /** Remembers an operation and names it. */
  #begin(id: string | undefined, direction: Direction, document: ValueDocument, payload: number): string | undefined {
    const name = operationName(textIn(document, payload, OPERATION_NAME), textIn(document, payload, QUERY));
    if (id === undefined) return name;
    this.#operations.delete(id);
    this.#operations.set(id, { name: name ?? "", direction, isAnswered: false });
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

function kindOf(type: string, document: ValueDocument, payload: number, isAnswer: boolean): MessageKind {
  const kind = KINDS.get(type) ?? "event";
  if (kind === "event" && hasOnlyErrors(document, payload)) return "error";
  return isAnswer && kind !== "error" ? "answer" : kind;
}

const TYPE = sought("type");
const ID = sought("id");
const PAYLOAD = sought("payload");
const OPERATION_NAME = sought("operationName");
const QUERY = sought("query");
const ERRORS = sought("errors");
const DATA = sought("data");

/** A result whose data is missing or null: the operation failed (GraphQL specification, "Errors"). */
function hasOnlyErrors(document: ValueDocument, payload: number): boolean {
  const errors = document.find(payload, ERRORS);
  const data = document.find(payload, DATA);
  return errors !== NO_NODE && document.kindOf(errors) === ARRAY && document.childrenOf(errors) > 0 && (data === NO_NODE || document.kindOf(data) === NULL);
}

function toMessage(document: ValueDocument | undefined): Message | undefined {
  if (document === undefined || document.kindOf(0) !== OBJECT) return undefined;
  const type = textIn(document, 0, TYPE);
  if (type === undefined || !KINDS.has(type)) return undefined;
  const id = document.find(0, ID);
  // subscriptions-transport-ws lets ids be numbers too.
  const hasId = id !== NO_NODE && (document.kindOf(id) === STRING || document.kindOf(id) === NUMBER);
  return { type, id: hasId ? idText(document, id) : undefined, document, payload: document.find(0, PAYLOAD) };
}

function textIn(document: ValueDocument, object: number, key: SoughtText): string | undefined {
  const node = document.find(object, key);
  return node !== NO_NODE && document.kindOf(node) === STRING ? document.textOf(node) : undefined;
}

function notGraphql(bytes: Uint8Array): Decoded {
  const problem = { said: say("decode.graphql-none"), offset: 0 };
  return new DecodedMessage({
    decoder: graphqlWs.id,
    label: "not GraphQL",
    kind: "error",
    summary: () => oneLine(decodeHead(bytes, HEAD_BYTES)),
    layers: [{ stage: "envelope", name: LAYER, what: say("decode.broken"), from: 0, to: bytes.length, problem }],
  });
}
