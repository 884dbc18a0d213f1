import { wholeNumberAt, type MessageId } from "../../model/message-id.ts";
import { BOOLEAN, NO_NODE, NUMBER, OBJECT, STRING, type ValueDocument } from "../../model/value-document.ts";
import { FIRST_WEAK_ID, FIRST_WEAK_LABEL, NO_ROLE } from "./field-roles.ts";
import { entriesOf, idAt, isShort, isTopic, topicNodeIn, type Found, type FoundFields, type KnownEntry } from "./found-fields.ts";
import { hashOf, isSame, KnownTexts } from "./known-texts.ts";

/** Places of what was found before, a power of two. */
const PLACES = 256;
/** Bytes of the longest value that is compared. */
const LONGEST = 64;
/** So many more new combinations than known ones: they hold others each time. */
const MOST_NEW = 64;

/** What was found of messages with these values, in the order of the telling nodes. */
interface Before {
  readonly values: readonly Uint8Array[];
  readonly found: Found;
}

/**
 * The fields of messages that are one object of the same keys and kinds of values. Which entry has the id and which the topic
 * stands in the form; what the message is called, and whether it failed, is found once for all messages in which the entries
 * that tell it hold the same. Never says anything that `FoundFields` does not.
 */
export class KnownForm {
  readonly #document: ValueDocument;
  readonly #side: FoundFields;
  readonly #entries: readonly KnownEntry[];
  /** Entries whose values tell label and failure. */
  readonly #telling: readonly number[];
  readonly #id: number;
  readonly #isNumber: boolean;
  readonly #answers: number;
  readonly #topic: number;
  readonly #topics: KnownTexts;
  #before: (Before | undefined)[] | undefined;
  #new = 0;

  /** `document`: of a message that has the form; it goes over to each that is read. */
  constructor(document: ValueDocument, side: FoundFields) {
    this.#document = document;
    this.#side = side;
    this.#entries = entriesOf(document, 0, side.keys);
    this.#telling = this.#entries.filter(({ node, known: { role } }) => {
      const kind = document.kindOf(node);
      const isLabel = role !== undefined && role.label !== NO_ROLE && (kind === STRING || (kind === NUMBER && role.label < FIRST_WEAK_LABEL));
      return isLabel || (role?.outcome === "error" && (kind === STRING || kind === NUMBER || kind === BOOLEAN));
    }).map(({ node }) => node);
    const id = bestOf(document, this.#entries, "id");
    this.#id = id?.node ?? NO_NODE;
    this.#isNumber = id === undefined || rankOf(id, "id") >= FIRST_WEAK_ID;
    this.#topic = topicNode(document, this.#entries);
    this.#topics = new KnownTexts((_, from, to) => document.source.textAt(STRING, from, to));
    const answers = this.#entries.filter((entry) => rankOf(entry, "answers") !== NO_ROLE && isScalar(document, entry.node));
    this.#answers = answers[0]?.node ?? NO_NODE;
    // Of several the first counts that can be one.
    this.#before = answers.length > 1 ? undefined : Array.from({ length: PLACES });
  }

  /** Good until the next message of its side; `bytes`: those into which the document points. */
  read(bytes: Uint8Array): Readonly<Found> {
    const found = this.#side.labels.isLearning ? undefined : this.#foundBefore(bytes);
    if (found === undefined) return this.#readAll();
    const id = this.#id === NO_NODE ? undefined : idIn(this.#document, this.#id, bytes);
    const topic = this.#topic === NO_NODE ? undefined : this.#topicText(bytes);
    // Then another entry may have it.
    if ((id === undefined && this.#id !== NO_NODE) || (topic !== undefined && !isTopic(topic))) return this.#readAll();
    found.id = id;
    found.topic = topic;
    found.answers = this.#answers === NO_NODE ? undefined : idIn(this.#document, this.#answers, bytes);
    return found;
  }

  #foundBefore(bytes: Uint8Array): Found | undefined {
    const before = this.#before;
    if (before === undefined) return undefined;
    const document = this.#document;
    let hash = 0;
    for (const node of this.#telling) {
      const from = document.fromOf(node);
      const to = document.toOf(node);
      if (to - from > LONGEST) return undefined;
      hash = hashOf(bytes, from, to, hash);
    }
    const place = hash & (PLACES - 1);
    const known = before[place];
    if (known !== undefined && this.#holds(known.values, bytes)) {
      if (this.#new > 0) this.#new--;
      return known.found;
    }
    if (++this.#new > MOST_NEW) {
      this.#before = undefined;
      return undefined;
    }
    const found = { ...this.#readAll(), isNumber: this.#isNumber };
    before[place] = { values: this.#telling.map((node) => bytes.slice(document.fromOf(node), document.toOf(node))), found };
    return found;
  }

  #topicText(bytes: Uint8Array): string {
    const document = this.#document;
    return isShort(document, this.#topic) ? this.#topics.textOf(bytes, document.fromOf(this.#topic), document.toOf(this.#topic)) : "";
  }

  #holds(values: readonly Uint8Array[], bytes: Uint8Array): boolean {
    const telling = this.#telling;
    for (let i = 0; i < telling.length; i++) {
      const node = telling[i] as number;
      if (!isSame(bytes, this.#document.fromOf(node), this.#document.toOf(node), values[i] as Uint8Array)) return false;
    }
    return true;
  }

  #readAll(): Readonly<Found> {
    const side = this.#side;
    side.begin();
    for (const { node, known } of this.#entries) side.see(this.#document, node, known);
    return side.finish(this.#document);
  }
}

type RoleName = "id" | "answers" | "topic" | "topicHolder";

const rankOf = ({ known: { role } }: KnownEntry, name: RoleName): number => role?.[name] ?? NO_ROLE;

const isScalar = (document: ValueDocument, node: number): boolean => document.kindOf(node) === STRING || document.kindOf(node) === NUMBER;

/** The text or number of the best rank, the last of equals. */
function bestOf(document: ValueDocument, entries: readonly KnownEntry[], name: "id" | "topic"): KnownEntry | undefined {
  let best: KnownEntry | undefined;
  for (const entry of entries) {
    const rank = rankOf(entry, name);
    if (rank === NO_ROLE || (best !== undefined && rank > rankOf(best, name)) || !(name === "topic" ? document.kindOf(entry.node) === STRING : isScalar(document, entry.node))) continue;
    best = entry;
  }
  return best;
}

/** Of the message itself, else of the object that holds it. */
function topicNode(document: ValueDocument, entries: readonly KnownEntry[]): number {
  const own = bestOf(document, entries, "topic");
  if (own !== undefined) return own.node;
  let holder: KnownEntry | undefined;
  for (const entry of entries) {
    const rank = rankOf(entry, "topicHolder");
    if (rank !== NO_ROLE && (holder === undefined || rankOf(holder, "topicHolder") === rank) && document.kindOf(entry.node) === OBJECT) holder = entry;
  }
  return holder === undefined ? NO_NODE : topicNodeIn(document, holder.node);
}

function idIn(document: ValueDocument, node: number, bytes: Uint8Array): MessageId | undefined {
  const inset = document.kindOf(node) === STRING ? 1 : 0;
  const number = wholeNumberAt(bytes, document.fromOf(node) + inset, document.toOf(node) - inset);
  return number < 0 ? idAt(document, node) : number;
}
