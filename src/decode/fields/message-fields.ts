import type { Direction } from "../../model/frame.ts";
import type { MessageKind } from "../../model/message-kind.ts";
import { ARRAY, BOOLEAN, NO_NODE, NULL, NUMBER, OBJECT, STRING, type ValueDocument } from "../../model/value-document.ts";
import { Exchange } from "./exchange.ts";
import { idText } from "./id-text.ts";
import { FIRST_WEAK_ID, METHOD, NO_ROLE } from "./field-roles.ts";
import { KnownKeys, roleOf, type KnownKey } from "./known-keys.ts";
import { isIdentifier, LabelKeys } from "./label-keys.ts";

/** Keys of one object that are looked at: a message names itself early, a table of 10,000 symbols does not. */
const MOST_KEYS = 64;
const LONGEST_ID = 128;
const LONGEST_TOPIC = 200;
/** Bytes of the longest of these, every character of it an escape of JSON's. */
const LONGEST_READ = LONGEST_TOPIC * 6 + 2;

export interface MessageFields {
  readonly label: string | undefined;
  readonly kind: MessageKind;
  readonly id: string | undefined;
  readonly answers: string | undefined;
  readonly topic: string | undefined;
}

/**
 * Reads label, ids and topic out of the messages of one connection, whatever encoding they came in, and learns from
 * them. Cost: one look at each of the first `MOST_KEYS` keys.
 */
export class FieldReader {
  readonly #sides = { sent: new Side(), received: new Side() };
  readonly #exchange = new Exchange();

  /** Of several values in one message, as of a batch, the first names it. */
  read(document: ValueDocument | undefined, direction: Direction): MessageFields {
    if (document === undefined) return NOTHING;
    const root = document.kindOf(0);
    if (root === ARRAY) return this.#readList(document, direction);
    if (root !== OBJECT) return NOTHING;
    return document.endOf(0) < document.count ? this.#readBatch(document, 0, direction) : this.#readObject(document, 0, direction);
  }

  /** Whether the entries of an object's entry may be asked for the topic. */
  holdsTopic(document: ValueDocument, node: number): boolean {
    return (roleOf(document, node)?.topicHolder ?? NO_ROLE) !== NO_ROLE;
  }

  /** The entries of an object that say anything, for `readKnown`. */
  entriesOf(document: ValueDocument, direction: Direction): readonly KnownEntry[] {
    return entriesOf(document, 0, this.#sides[direction].keys);
  }

  /** As `read`, of an object alone whose entries are known: those of `entriesOf`. */
  readKnown(document: ValueDocument, direction: Direction, entries: readonly KnownEntry[]): MessageFields {
    const side = this.#sides[direction];
    side.begin();
    for (const { node, known } of entries) side.see(document, node, known);
    return this.#judge(side.finish(document), direction);
  }

  /** `["EVENT", …]` names itself first; `[{…}, …]` is a batch. */
  #readList(document: ValueDocument, direction: Direction): MessageFields {
    if (document.childrenOf(0) === 0) return NOTHING;
    const first = 1;
    if (document.kindOf(first) === STRING) {
      const text = document.textOf(first);
      return isIdentifier(text) ? { ...NOTHING, label: text, kind: meaningOf(text).kind } : NOTHING;
    }
    if (document.kindOf(first) !== OBJECT) return NOTHING;
    return document.endOf(first) === document.count ? this.#readObject(document, first, direction) : this.#readBatch(document, first, direction);
  }

  /** A batch has many ids, so it is no partner for one. */
  #readBatch(document: ValueDocument, first: number, direction: Direction): MessageFields {
    const found = find(document, first, this.#sides[direction]);
    return { ...NOTHING, label: found.label, kind: meaningOf(found.label).kind, topic: found.topic };
  }

  #readObject(document: ValueDocument, object: number, direction: Direction): MessageFields {
    return this.#judge(find(document, object, this.#sides[direction]), direction);
  }

  #judge(found: Readonly<Found>, direction: Direction): MessageFields {
    const { label, topic, id, answers: named } = found;
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
}

/** An entry of an object, and the key that it has. */
export interface KnownEntry {
  readonly node: number;
  readonly known: KnownKey;
}

/** What was learnt of one direction. */
class Side {
  readonly labels = new LabelKeys();
  readonly keys = new KnownKeys();
  /** Of the message at hand. */
  readonly #found: Found = {
    label: undefined, id: undefined, isNumber: false, answers: undefined, topic: undefined,
    hasMethod: false, hasResult: false, hasError: false, errorKey: false, isJsonRpc: false,
  };
  #idRank = NO_RANK;
  #answersRank = NO_RANK;
  #topicRank = NO_RANK;
  #holderRank = NO_RANK;
  #holder = NO_NODE;

  /** Begins a message. */
  begin(): void {
    const found = this.#found;
    found.id = undefined;
    found.answers = undefined;
    found.topic = undefined;
    found.hasMethod = false;
    found.hasResult = false;
    found.hasError = false;
    found.errorKey = false;
    found.isJsonRpc = false;
    this.#idRank = NO_RANK;
    this.#answersRank = NO_RANK;
    this.#topicRank = NO_RANK;
    this.#holderRank = NO_RANK;
    this.#holder = NO_NODE;
    this.labels.begin();
  }

  /** The next entry. Of a key that comes twice the later counts, as for the page's own JSON.parse: so the same rank is taken again. */
  see(document: ValueDocument, node: number, known: KnownKey): void {
    const { role } = known;
    if (role === undefined) return;
    const found = this.#found;
    if (role.label !== NO_ROLE) {
      const kind = document.kindOf(node);
      if (isShort(document, node)) this.labels.see(role.label, known.textOf(document, node), kind === NUMBER);
      if (role.label === METHOD) found.hasMethod = kind === STRING;
    }
    if (role.id !== NO_ROLE && role.id <= this.#idRank) {
      const id = idAt(document, node);
      if (id !== undefined) {
        this.#idRank = role.id;
        found.id = id;
      }
    }
    if (role.answers !== NO_ROLE && (this.#answersRank === NO_RANK || this.#answersRank === role.answers)) {
      const answers = idAt(document, node);
      if (answers !== undefined) {
        this.#answersRank = role.answers;
        found.answers = answers;
      }
    }
    if (role.topic !== NO_ROLE && role.topic <= this.#topicRank) {
      const topic = topicAt(document, node, known);
      if (topic !== undefined) {
        this.#topicRank = role.topic;
        found.topic = topic;
      }
    }
    if (role.topicHolder !== NO_ROLE && (this.#holderRank === NO_RANK || this.#holderRank === role.topicHolder) && document.kindOf(node) === OBJECT) {
      this.#holderRank = role.topicHolder;
      this.#holder = node;
    }
    if (role.outcome !== undefined) noteOutcome(found, role.outcome, document, node);
  }

  /** Ends the message; good until the next one. */
  finish(document: ValueDocument): Readonly<Found> {
    const found = this.#found;
    found.isNumber = this.#idRank >= FIRST_WEAK_ID;
    found.label = this.labels.finish();
    if (found.topic === undefined && this.#holder !== NO_NODE) found.topic = topicIn(document, this.#holder);
    return found;
  }
}

/** Higher than any rank. */
const NO_RANK = 0x3fff_ffff;

/** Good until the next message of its side. */
function find(document: ValueDocument, object: number, side: Side): Readonly<Found> {
  side.begin();
  let known = side.keys.start;
  const end = document.endOf(object);
  for (let node = object + 1, seen = 0; node < end && seen < MOST_KEYS; node = document.endOf(node), seen++) {
    known = side.keys.at(document, node, known);
    side.see(document, node, known);
  }
  return side.finish(document);
}

function entriesOf(document: ValueDocument, object: number, keys: KnownKeys): readonly KnownEntry[] {
  const entries: KnownEntry[] = [];
  let known = keys.start;
  const end = document.endOf(object);
  for (let node = object + 1, seen = 0; node < end && seen < MOST_KEYS; node = document.endOf(node), seen++) {
    known = keys.at(document, node, known);
    if (known.role !== undefined) entries.push({ node, known });
  }
  return entries;
}

interface Found {
  label: string | undefined;
  id: string | undefined;
  isNumber: boolean;
  answers: string | undefined;
  topic: string | undefined;
  hasMethod: boolean;
  hasResult: boolean;
  /** An error is there, and says something. */
  hasError: boolean;
  errorKey: boolean;
  isJsonRpc: boolean;
}

const NOTHING: MessageFields = { label: undefined, kind: "event", id: undefined, answers: undefined, topic: undefined };

function noteOutcome(found: Found, outcome: "result" | "error" | "jsonrpc", document: ValueDocument, node: number): void {
  if (outcome === "result") found.hasResult = true;
  else if (outcome === "jsonrpc") found.isJsonRpc = true;
  else {
    found.errorKey = true;
    found.hasError = saysSomething(document, node);
  }
}

/** Anything but null, false, an empty text and 0. */
function saysSomething(document: ValueDocument, node: number): boolean {
  switch (document.kindOf(node)) {
    case NULL:
      return false;
    case BOOLEAN:
      return document.textOf(node) === "true";
    case STRING:
      return document.textOf(node) !== "";
    case NUMBER:
      return Number(document.textOf(node)) !== 0;
    default:
      return true;
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

/** A text or number that can say something: a longer one is not even read. */
function isShort(document: ValueDocument, node: number): boolean {
  const kind = document.kindOf(node);
  return (kind === STRING || kind === NUMBER) && document.toOf(node) - document.fromOf(node) <= LONGEST_READ;
}

function idAt(document: ValueDocument, node: number): string | undefined {
  if (!isShort(document, node)) return undefined;
  const id = idText(document, node);
  return id.length > 0 && id.length <= LONGEST_ID ? id : undefined;
}

function topicAt(document: ValueDocument, node: number, known?: KnownKey): string | undefined {
  if (document.kindOf(node) !== STRING || !isShort(document, node)) return undefined;
  const text = known === undefined ? document.textOf(node) : known.textOf(document, node);
  return text.length > 0 && text.length <= LONGEST_TOPIC ? text : undefined;
}

function topicIn(document: ValueDocument, holder: number): string | undefined {
  let best: string | undefined;
  let bestRank = Infinity;
  const end = document.endOf(holder);
  for (let node = holder + 1, seen = 0; node < end && seen < MOST_KEYS; node = document.endOf(node), seen++) {
    const rank = roleOf(document, node)?.topic ?? NO_ROLE;
    if (rank === NO_ROLE || rank > bestRank) continue;
    const topic = topicAt(document, node);
    if (topic === undefined) continue;
    best = topic;
    bestRank = rank;
  }
  return best;
}
