import type { Direction } from "../../model/frame.ts";
import type { MessageId } from "../../model/message-id.ts";
import type { MessageKind } from "../../model/message-kind.ts";
import { ARRAY, OBJECT, STRING, type ValueDocument } from "../../model/value-document.ts";
import { Exchange } from "./exchange.ts";
import { NO_ROLE } from "./field-roles.ts";
import { find, FoundFields, type Found } from "./found-fields.ts";
import { KnownForm } from "./known-form.ts";
import { roleOf } from "./known-keys.ts";
import { isIdentifier } from "./label-keys.ts";
import { meaningOf } from "./label-meaning.ts";

export interface MessageFields {
  readonly label: string | undefined;
  readonly kind: MessageKind;
  readonly id: MessageId | undefined;
  readonly answers: MessageId | undefined;
  readonly topic: string | undefined;
}

/**
 * Reads label, ids and topic out of the messages of one connection, whatever encoding they came in, and learns from
 * them. Cost: one look at each of the first `MOST_KEYS` keys.
 */
export class FieldReader {
  readonly #sides = { sent: new FoundFields(), received: new FoundFields() };
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

  /** The form of an object alone, whose entries and their kinds come again, for `readKnown`. */
  formOf(document: ValueDocument, direction: Direction): KnownForm {
    return new KnownForm(document, this.#sides[direction]);
  }

  /** As `read`, of an object of a form of this direction; `bytes`: the JSON into which its document points. */
  readKnown(form: KnownForm, bytes: Uint8Array, direction: Direction): MessageFields {
    return this.#judge(form.read(bytes), direction);
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
    return { ...NOTHING, label: found.label, kind: found.meaning.kind, topic: found.topic };
  }

  #readObject(document: ValueDocument, object: number, direction: Direction): MessageFields {
    return this.#judge(find(document, object, this.#sides[direction]), direction);
  }

  #judge(found: Readonly<Found>, direction: Direction): MessageFields {
    const { label, meaning, topic, id, answers: named } = found;
    const base = found.hasError && label === undefined ? "error" : meaning.kind;
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

const NOTHING: MessageFields = { label: undefined, kind: "event", id: undefined, answers: undefined, topic: undefined };

/** JSON-RPC 2.0 §5, and protocols like it: an id, no method, and an outcome. Or a label that says so. */
function isAnswer({ label, meaning, hasMethod, hasResult, errorKey, isJsonRpc }: Found): boolean {
  if (meaning.isAnswer) return true;
  return (isJsonRpc || label === undefined) && !hasMethod && (hasResult || errorKey);
}

/** JSON-RPC 2.0 §4: either side may ask. */
const isRequest = ({ hasMethod, isJsonRpc }: Found): boolean => hasMethod && isJsonRpc;

const outcomeLabel = ({ hasResult, hasError }: Found): string | undefined =>
  hasError ? "error" : hasResult ? "result" : undefined;

/** An error stays one and a heartbeat too, whatever part they have. */
const partKind = (kind: MessageKind, part: "request" | "answer" | "event"): MessageKind => (kind === "event" ? part : kind);
