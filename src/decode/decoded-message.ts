import type { MessageKind } from "../model/message-kind.ts";
import type { Decoded, DecodeProblem, Layer } from "./decoder.ts";
import type { PlainValue } from "./plain-value.ts";
import { abbreviate, oneLine } from "./summary.ts";

/** What a decoder found; what it leaves out is undefined. */
export interface MessageParts {
  readonly decoder: string;
  readonly label: string;
  readonly kind: MessageKind;
  readonly layers: readonly Layer[];
  readonly id?: string | undefined;
  readonly answers?: string | undefined;
  readonly topic?: string | undefined;
  readonly namespace?: string | undefined;
  readonly value?: PlainValue | undefined;
  readonly json?: string | undefined;
  /** One line; left out where the message's own text or value is to be shortened. */
  readonly summary?: string | undefined;
  readonly isPartial?: boolean;
}

/**
 * Every decoder's result. One class, so that all results have one shape: reading fields of a million of them stays
 * fast. The summary is made when it is asked for, because only the rows on screen need one.
 */
export class DecodedMessage implements Decoded {
  readonly decoder: string;
  readonly label: string;
  readonly kind: MessageKind;
  readonly id: string | undefined;
  readonly answers: string | undefined;
  readonly topic: string | undefined;
  readonly namespace: string | undefined;
  readonly value: PlainValue | undefined;
  readonly json: string | undefined;
  readonly layers: readonly Layer[];
  readonly isPartial: boolean;
  readonly #summary: string | undefined;

  constructor(parts: MessageParts) {
    this.decoder = parts.decoder;
    this.label = parts.label;
    this.kind = parts.kind;
    this.id = parts.id;
    this.answers = parts.answers;
    this.topic = parts.topic;
    this.namespace = parts.namespace;
    this.value = parts.value;
    this.json = parts.json;
    this.layers = parts.layers;
    this.isPartial = parts.isPartial ?? false;
    this.#summary = parts.summary;
  }

  get summary(): string {
    if (this.#summary !== undefined) return this.#summary;
    if (this.json !== undefined) return oneLine(this.json);
    return this.value === undefined ? "" : abbreviate(this.value);
  }

  get problem(): DecodeProblem | undefined {
    for (const { problem } of this.layers) if (problem !== undefined) return problem;
    return undefined;
  }
}
