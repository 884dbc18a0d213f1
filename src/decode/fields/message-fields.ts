import type { Direction } from "../../model/frame.ts";
import type { MessageKind } from "../../model/message-kind.ts";
import { isList, isObject, type PlainList, type PlainObject, type PlainValue } from "../plain-value.ts";
import { Exchange } from "./exchange.ts";
import { FIELD_ROLES, FIRST_WEAK_ID, NO_ROLE } from "./field-roles.ts";
import { isIdentifier, LabelKeys } from "./label-keys.ts";

/** Keys of one object that are looked at: a message names itself early, a table of 10,000 symbols does not. */
const MOST_KEYS = 64;
const LONGEST_ID = 128;
const LONGEST_TOPIC = 200;

export interface MessageFields {
  readonly label: string | undefined;
  readonly kind: MessageKind;
  readonly id: string | undefined;
  readonly answers: string | undefined;
  readonly topic: string | undefined;
}

/** An id that JSON.parse could not hold exactly; the encoding may know its digits. */
export type ExactId = (value: number) => string | undefined;

/**
 * Reads label, ids and topic out of the messages of one connection, whatever encoding they came in, and learns from
 * them. Cost: one look at each of the first `MOST_KEYS` keys.
 */
export class FieldReader {
  readonly #labels = { sent: new LabelKeys(), received: new LabelKeys() };
  readonly #exchange = new Exchange();

  /** `exactId` is asked for the digits of an id beyond 2^53. */
  read(value: PlainValue, direction: Direction, exactId?: ExactId): MessageFields {
    if (isList(value)) return this.#readList(value, direction, exactId);
    return isObject(value) ? this.#readObject(value, direction, exactId) : NOTHING;
  }

  /** `["EVENT", …]` names itself first; `[{…}, …]` is a batch, named by its first message. */
  #readList(list: PlainList, direction: Direction, exactId: ExactId | undefined): MessageFields {
    const first = list[0];
    if (typeof first === "string" && isIdentifier(first)) return { ...NOTHING, label: first, kind: meaningOf(first).kind };
    if (!isObject(first)) return NOTHING;
    if (list.length === 1) return this.#readObject(first, direction, exactId);
    // A batch has many ids, so it is no partner for one.
    const found = this.#find(first, this.#labels[direction]);
    return { ...NOTHING, label: found.label, kind: meaningOf(found.label).kind, topic: found.topic };
  }

  #readObject(object: PlainObject, direction: Direction, exactId: ExactId | undefined): MessageFields {
    const found = this.#find(object, this.#labels[direction]);
    const { label, topic } = found;
    const id = idText(found.id, exactId);
    const named = idText(found.answers, exactId);
    const base = found.hasError && label === undefined ? "error" : meaningOf(label).kind;
    const kind: MessageKind = found.hasError ? "error" : base;

    if (named !== undefined) {
      this.#exchange.addAnswer(direction, named);
      return { label, kind: partKind(kind, "answer"), id, answers: named, topic };
    }
    if (id === undefined) return { label: label ?? outcomeLabel(found), kind, id, answers: undefined, topic };
    if (isAnswer(found)) {
      this.#exchange.addAnswer(direction, id);
      return { label: label ?? outcomeLabel(found), kind: partKind(kind, "answer"), id: undefined, answers: id, topic };
    }
    if (isRequest(found) || base === "heartbeat") {
      // A heartbeat may be either part; only the ids can tell.
      const part = base === "heartbeat" && !found.isJsonRpc ? this.#exchange.take(direction, label ?? "", id, false) : "request";
      if (part !== "answer") this.#exchange.addRequest(direction, id);
      return part === "answer"
        ? { label, kind, id: undefined, answers: id, topic }
        : { label, kind: partKind(kind, "request"), id, answers: undefined, topic };
    }
    const part = this.#exchange.take(direction, label ?? "", id, found.isNumber);
    const isAnswering = part === "answer";
    return {
      label,
      kind: partKind(kind, part),
      id: isAnswering ? undefined : id,
      answers: isAnswering ? id : undefined,
      topic,
    };
  }

  #find(object: PlainObject, labels: LabelKeys): Found {
    const found: Found = {
      label: undefined, id: undefined, isNumber: false, answers: undefined, topic: undefined,
      hasMethod: false, hasResult: false, hasError: false, errorKey: false, isJsonRpc: false,
    };
    let idRank = Infinity;
    let topicRank = Infinity;
    let holder: PlainObject | undefined;
    let seen = 0;
    labels.begin();
    for (const key in object) {
      if (++seen > MOST_KEYS) break;
      const role = FIELD_ROLES.get(key);
      if (role === undefined) continue;
      const value = object[key] as PlainValue;
      if (role.label !== NO_ROLE) {
        labels.see(role.label, value);
        if (key === "method") found.hasMethod = typeof value === "string";
      }
      if (role.id !== NO_ROLE && role.id < idRank && isId(value)) {
        idRank = role.id;
        found.id = value;
      }
      if (role.answers !== NO_ROLE && isId(value)) found.answers ??= value;
      if (role.topic !== NO_ROLE && role.topic < topicRank && isTopic(value)) {
        topicRank = role.topic;
        found.topic = value;
      }
      if (role.topicHolder !== NO_ROLE && isObject(value)) holder ??= value;
      if (role.outcome !== undefined) noteOutcome(found, role.outcome, value);
    }
    found.isNumber = idRank >= FIRST_WEAK_ID;
    found.label = labels.finish();
    if (found.topic === undefined && holder !== undefined) found.topic = topicIn(holder);
    return found;
  }
}

interface Found {
  label: string | undefined;
  id: Id | undefined;
  isNumber: boolean;
  answers: Id | undefined;
  topic: string | undefined;
  hasMethod: boolean;
  hasResult: boolean;
  /** An error is there, and says something. */
  hasError: boolean;
  errorKey: boolean;
  isJsonRpc: boolean;
}

const NOTHING: MessageFields = { label: undefined, kind: "event", id: undefined, answers: undefined, topic: undefined };

function noteOutcome(found: Found, outcome: "result" | "error" | "jsonrpc", value: PlainValue): void {
  if (outcome === "result") found.hasResult = true;
  else if (outcome === "jsonrpc") found.isJsonRpc = true;
  else {
    found.errorKey = true;
    found.hasError = value !== null && value !== false && value !== "" && value !== 0;
  }
}

/** JSON-RPC 2.0 §5, and protocols like it: an id, no method, and an outcome. Or a label that says so. */
function isAnswer({ label, hasMethod, hasResult, errorKey, isJsonRpc }: Found): boolean {
  if (meaningOf(label).isAnswer) return true;
  return (isJsonRpc || label === undefined) && !hasMethod && (hasResult || errorKey);
}

/** JSON-RPC 2.0 §4: either side may ask. */
const isRequest = ({ hasMethod, isJsonRpc }: Found): boolean => hasMethod && isJsonRpc;

const outcomeLabel = ({ hasResult, hasError }: Found): string | undefined =>
  hasError ? "error" : hasResult ? "result" : undefined;

const ANSWER_LABEL = /^(?:ack|answer|reply|response|result|pong)$/i;
const HEARTBEAT_LABEL = /^(?:ping|pong|heart[-_ ]?beat|hb|keep[-_ ]?alive|ka)$/i;
const ERROR_LABEL = /(?:^|[^a-z])err(?:or)?$|[a-z]Error$/i;

/** What a label alone says. */
interface LabelMeaning {
  readonly kind: MessageKind;
  readonly isAnswer: boolean;
}

/** Labels that were judged: a capture has few, and each is on many messages. */
const meanings = new Map<string, LabelMeaning>();
const MOST_MEANINGS = 4096;
const NO_MEANING: LabelMeaning = { kind: "event", isAnswer: false };

function meaningOf(label: string | undefined): LabelMeaning {
  if (label === undefined) return NO_MEANING;
  const known = meanings.get(label);
  if (known !== undefined) return known;
  const kind = HEARTBEAT_LABEL.test(label) ? "heartbeat" : ERROR_LABEL.test(label) ? "error" : "event";
  const meaning: LabelMeaning = { kind, isAnswer: ANSWER_LABEL.test(label) };
  if (meanings.size < MOST_MEANINGS) meanings.set(label, meaning);
  return meaning;
}

/** An error stays one and a heartbeat too, whatever part they have. */
const partKind = (kind: MessageKind, part: "request" | "answer" | "event"): MessageKind => (kind === "event" ? part : kind);

type Id = string | number | bigint;

function isId(value: PlainValue): value is Id {
  return typeof value === "number" || typeof value === "bigint" || (typeof value === "string" && value.length > 0 && value.length <= LONGEST_ID);
}

/** 7 and "7" are one id: servers that send back the other form are common, and ids of both forms at once are not. */
function idText(value: Id | undefined, exactId: ExactId | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "number" && exactId !== undefined && Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    return exactId(value) ?? String(value);
  }
  return String(value);
}

const isTopic = (value: PlainValue): value is string =>
  typeof value === "string" && value.length > 0 && value.length <= LONGEST_TOPIC;

function topicIn(object: PlainObject): string | undefined {
  let best: string | undefined;
  let bestRank = Infinity;
  let seen = 0;
  for (const key in object) {
    if (++seen > MOST_KEYS) break;
    const rank = FIELD_ROLES.get(key)?.topic ?? NO_ROLE;
    const value = object[key] as PlainValue;
    if (rank !== NO_ROLE && rank < bestRank && isTopic(value)) {
      best = value;
      bestRank = rank;
    }
  }
  return best;
}
