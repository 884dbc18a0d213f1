import type { MessageKind } from "../../model/message-kind.ts";
import { NO_NODE } from "../../model/value-document.ts";
import type { ReadMessage } from "../json-protocol/json-protocol.ts";
import { Recent } from "../json-protocol/recent.ts";

/** How a message's parts mean: where its own id stands, that of the message it answers, its address and what it carries. */
interface Form {
  readonly name: string;
  readonly kind: MessageKind;
  readonly id?: number;
  readonly answers?: number;
  readonly address?: number;
  readonly body?: number;
}

/** By their codes (wamp-proto.org, "Message Codes"). */
const FORMS: Readonly<Partial<Record<number, Form>>> = {
  1: { name: "HELLO", kind: "control", address: 1, body: 2 },
  2: { name: "WELCOME", kind: "control", body: 2 },
  3: { name: "ABORT", kind: "error", address: 2, body: 1 },
  4: { name: "CHALLENGE", kind: "control", address: 1, body: 2 },
  5: { name: "AUTHENTICATE", kind: "control", body: 2 },
  6: { name: "GOODBYE", kind: "control", address: 2, body: 1 },
  8: { name: "ERROR", kind: "error", answers: 2, address: 4, body: 5 },
  16: { name: "PUBLISH", kind: "request", id: 1, address: 3, body: 4 },
  17: { name: "PUBLISHED", kind: "answer", answers: 1 },
  32: { name: "SUBSCRIBE", kind: "request", id: 1, address: 3 },
  33: { name: "SUBSCRIBED", kind: "answer", answers: 1 },
  34: { name: "UNSUBSCRIBE", kind: "request", id: 1 },
  35: { name: "UNSUBSCRIBED", kind: "answer", answers: 1 },
  36: { name: "EVENT", kind: "event", body: 4 },
  48: { name: "CALL", kind: "request", id: 1, address: 3, body: 4 },
  49: { name: "CANCEL", kind: "control" },
  50: { name: "RESULT", kind: "answer", answers: 1, body: 3 },
  64: { name: "REGISTER", kind: "request", id: 1, address: 3 },
  65: { name: "REGISTERED", kind: "answer", answers: 1 },
  66: { name: "UNREGISTER", kind: "request", id: 1 },
  67: { name: "UNREGISTERED", kind: "answer", answers: 1 },
  68: { name: "INVOCATION", kind: "request", id: 1, body: 4 },
  69: { name: "INTERRUPT", kind: "control" },
  70: { name: "YIELD", kind: "answer", answers: 1, body: 3 },
};

const NAMED_BY_ADDRESS: ReadonlySet<string> = new Set(["CALL", "INVOCATION", "PUBLISH", "EVENT"]);

/** A publication is acknowledged only where it asks for that; what is subscribed or registered has an id of its own. */
const PUBLISH = 16;
const SUBSCRIBED = 33;
const EVENT = 36;
const REGISTERED = 65;
const INVOCATION = 68;

/** Reads the messages of one connection, whatever they were encoded in. */
export function wampReader(): ReadMessage {
  /** Addresses by the request that named them, then by the id that the router gave them. */
  const requested = new Recent<string>();
  const granted = new Recent<string>();
  return (message) => {
    const entries = message.entries(0, 6);
    const code = message.numberOf(entries[0] ?? NO_NODE);
    const form = code === undefined ? undefined : FORMS[code];
    if (form === undefined || entries.length < 2) return undefined;
    const nodeAt = (place: number | undefined): number => (place === undefined ? NO_NODE : (entries[place] ?? NO_NODE));
    const id = message.idOf(nodeAt(form.id));
    const answers = message.idOf(nodeAt(form.answers));
    let topic = message.textOf(nodeAt(form.address)) ?? requested.get(answers);
    if (id !== undefined && topic !== undefined) requested.set(id, topic);
    if ((code === SUBSCRIBED || code === REGISTERED) && topic !== undefined) granted.set(`${code} ${message.idOf(nodeAt(2)) ?? ""}`, topic);
    if (code === EVENT) topic = granted.get(`${SUBSCRIBED} ${message.idOf(nodeAt(1)) ?? ""}`);
    if (code === INVOCATION) topic = granted.get(`${REGISTERED} ${message.idOf(nodeAt(2)) ?? ""}`);
    const isQuiet = code === PUBLISH && message.isNull(message.in(nodeAt(2), "acknowledge"));
    const kind = isQuiet ? "event" : form.kind;
    const label = NAMED_BY_ADDRESS.has(form.name) ? (topic ?? form.name) : form.name;
    return { label, kind, id: isQuiet ? undefined : id, answers, topic, what: answers === undefined && id === undefined ? form.name : `${form.name} #${id ?? answers ?? ""}`, body: nodeAt(form.body) };
  };
}
