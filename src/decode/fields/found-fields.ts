import { messageId, type MessageId } from "../../model/message-id.ts";
import { BOOLEAN, NO_NODE, NULL, NUMBER, OBJECT, STRING, type ValueDocument } from "../../model/value-document.ts";
import { idText } from "./id-text.ts";
import { FIRST_WEAK_ID, METHOD, NO_ROLE } from "./field-roles.ts";
import { KnownKeys, roleOf, type KnownKey } from "./known-keys.ts";
import { LabelKeys } from "./label-keys.ts";
import { meaningOf, type LabelMeaning } from "./label-meaning.ts";

/** Keys of one object that are looked at: a message names itself early, a table of 10,000 symbols does not. */
const MOST_KEYS = 64;
const LONGEST_ID = 128;
const LONGEST_TOPIC = 200;
/** Bytes of the longest of these, every character of it an escape of JSON's. */
const LONGEST_READ = LONGEST_TOPIC * 6 + 2;

/** An entry of an object, and the key that it has. */
export interface KnownEntry {
  readonly node: number;
  readonly known: KnownKey;
}

/** What was learnt of one direction. */
export class FoundFields {
  readonly labels = new LabelKeys();
  readonly keys = new KnownKeys();
  /** Of the message at hand. */
  readonly #found: Found = {
    label: undefined, meaning: meaningOf(undefined), id: undefined, isNumber: false, answers: undefined, topic: undefined,
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
    found.meaning = meaningOf(found.label);
    if (found.topic === undefined && this.#holder !== NO_NODE) found.topic = topicIn(document, this.#holder);
    return found;
  }
}

/** Higher than any rank. */
const NO_RANK = 0x3fff_ffff;

/** Good until the next message of its side. */
export function find(document: ValueDocument, object: number, side: FoundFields): Readonly<Found> {
  side.begin();
  goOver(document, object, side.keys, side);
  return side.finish(document);
}

/** The entries of an object that say anything, as `FoundFields.see` takes them. */
export function entriesOf(document: ValueDocument, object: number, keys: KnownKeys): readonly KnownEntry[] {
  const entries: KnownEntry[] = [];
  goOver(document, object, keys, { see: (_document, node, known) => void (known.role !== undefined && entries.push({ node, known })) });
  return entries;
}

/** The entries of an object, as many as are looked at. */
function goOver(document: ValueDocument, object: number, keys: KnownKeys, taker: Pick<FoundFields, "see">): void {
  let known = keys.start;
  const end = document.endOf(object);
  for (let node = object + 1, seen = 0; node < end && seen < MOST_KEYS; node = document.endOf(node), seen++) {
    known = keys.at(document, node, known);
    taker.see(document, node, known);
  }
}

/** What the keys of a message say. */
export interface Found {
  label: string | undefined;
  meaning: LabelMeaning;
  id: MessageId | undefined;
  /** The id may be a mere count. */
  isNumber: boolean;
  answers: MessageId | undefined;
  topic: string | undefined;
  hasMethod: boolean;
  hasResult: boolean;
  /** An error is there, and says something. */
  hasError: boolean;
  errorKey: boolean;
  isJsonRpc: boolean;
}

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

/** A text or number that can say something: a longer one is not even read. */
export function isShort(document: ValueDocument, node: number): boolean {
  const kind = document.kindOf(node);
  return (kind === STRING || kind === NUMBER) && document.toOf(node) - document.fromOf(node) <= LONGEST_READ;
}

export function idAt(document: ValueDocument, node: number): MessageId | undefined {
  if (!isShort(document, node)) return undefined;
  const id = idText(document, node);
  return id.length > 0 && id.length <= LONGEST_ID ? messageId(id) : undefined;
}

function topicAt(document: ValueDocument, node: number, known?: KnownKey): string | undefined {
  if (document.kindOf(node) !== STRING || !isShort(document, node)) return undefined;
  const text = known === undefined ? document.textOf(node) : known.textOf(document, node);
  return isTopic(text) ? text : undefined;
}

export const isTopic = (text: string): boolean => text.length > 0 && text.length <= LONGEST_TOPIC;

function topicIn(document: ValueDocument, holder: number): string | undefined {
  const node = bestTopicIn(document, holder, (child) => topicAt(document, child) !== undefined);
  return node === NO_NODE ? undefined : topicAt(document, node);
}

/** The text in a topic's holder that is the topic, where it can be one. */
export const topicNodeIn = (document: ValueDocument, holder: number): number => bestTopicIn(document, holder, (child) => document.kindOf(child) === STRING);

/** Of the best rank, the last of equals. */
function bestTopicIn(document: ValueDocument, holder: number, counts: (child: number) => boolean): number {
  let best = NO_NODE;
  let bestRank = Infinity;
  const end = document.endOf(holder);
  for (let node = holder + 1, seen = 0; node < end && seen < MOST_KEYS; node = document.endOf(node), seen++) {
    const rank = roleOf(document, node)?.topic ?? NO_ROLE;
    if (rank === NO_ROLE || rank > bestRank || !counts(node)) continue;
    best = node;
    bestRank = rank;
  }
  return best;
}
