import type { MessageId } from "../model/message-id.ts";
import type { MessageKind } from "../model/message-kind.ts";
import type { Told } from "../model/said.ts";
import type { ValueDocument } from "../model/value-document.ts";
import { ID_LENGTH, LABEL_LENGTH, TOPIC_LENGTH, type Decoded, type DecodeProblem, type FrameMessage, type Layer } from "./decoder.ts";
import { abbreviate, cut, oneLine, shortTold } from "./summary.ts";

/** What a decoder found; what it leaves out is undefined. */
export interface MessageParts {
  readonly decoder: string;
  /** Left out where it is the decoder itself. */
  readonly speaks?: string | undefined;
  readonly label: string;
  readonly kind: MessageKind;
  /** Left out where `late` tells them. */
  readonly layers?: readonly Layer[] | undefined;
  readonly id?: MessageId | undefined;
  readonly answers?: MessageId | undefined;
  readonly topic?: string | undefined;
  readonly namespace?: string | undefined;
  /** The value, or what makes it when somebody asks. */
  readonly value?: ValueDocument | (() => ValueDocument | undefined) | undefined;
  readonly isJson?: boolean;
  /** One line, or what makes it; left out where the value is to be shortened. */
  readonly summary?: Told | (() => Told) | undefined;
  /** In place of functions for `value` and `summary`, which a decoder of most messages would make for each. */
  readonly late?: LateReading | undefined;
  /** The payload, for `late`. */
  readonly bytes?: Uint8Array | undefined;
  readonly isPartial?: boolean;
  /** Left out where the frame is one message. */
  readonly messages?: readonly FrameMessage[];
  readonly derives?: "layers" | "value" | undefined;
  readonly joined?: readonly number[] | undefined;
}

/** How value, summary and layers are made of a payload, once somebody asks. */
export interface LateReading {
  value(bytes: Uint8Array): ValueDocument | undefined;
  summary(bytes: Uint8Array): Told;
  /** Only of a message without a problem. */
  layers?(bytes: Uint8Array): readonly Layer[];
}

const ONE: readonly FrameMessage[] = [];
const NONE: readonly number[] = [];
const NO_LAYERS: readonly Layer[] = [];

/**
 * Every decoder's result. One class, so that all results have one shape: reading fields of a million of them stays
 * fast. Summary and value are made when they are asked for, because only the rows on screen need them.
 *
 * Here, and nowhere else, what a decoder found is made to fit the table: names are foreign text of any length.
 */
export class DecodedMessage implements Decoded {
  readonly decoder: string;
  readonly speaks: string;
  readonly label: string;
  readonly kind: MessageKind;
  readonly id: string | undefined;
  readonly answers: string | undefined;
  readonly topic: string | undefined;
  readonly namespace: string | undefined;
  readonly isJson: boolean;
  readonly isPartial: boolean;
  readonly messages: readonly FrameMessage[];
  readonly derives: "layers" | "value" | undefined;
  readonly joined: readonly number[];
  readonly #summary: Told | (() => Told) | undefined;
  readonly #layers: readonly Layer[] | undefined;
  readonly #late: LateReading | undefined;
  readonly #bytes: Uint8Array | undefined;
  #value: ValueDocument | (() => ValueDocument | undefined) | undefined;

  constructor(parts: MessageParts) {
    this.decoder = parts.decoder;
    this.speaks = parts.speaks ?? parts.decoder;
    this.label = fitLabel(parts.label) || parts.decoder;
    this.id = shortId(parts.id);
    this.answers = shortId(parts.answers);
    this.topic = parts.topic === undefined || parts.topic === "" ? undefined : cut(parts.topic, TOPIC_LENGTH);
    this.namespace = parts.namespace;
    this.isJson = parts.isJson ?? false;
    this.#value = parts.value;
    this.#layers = parts.layers;
    this.isPartial = parts.isPartial ?? false;
    this.messages = parts.messages ?? ONE;
    // A frame of several answers by its messages.
    this.kind = parts.kind === "answer" && this.answers === undefined && this.messages.length === 0 ? "event" : parts.kind;
    this.derives = parts.derives;
    this.joined = parts.joined ?? NONE;
    this.#summary = parts.summary;
    this.#late = parts.late;
    this.#bytes = parts.bytes;
  }

  get layers(): readonly Layer[] {
    return this.#layers ?? (this.#bytes && this.#late?.layers?.(this.#bytes)) ?? NO_LAYERS;
  }

  get value(): ValueDocument | undefined {
    if (typeof this.#value === "function") this.#value = this.#value();
    if (this.#value === undefined && this.#bytes !== undefined) this.#value = this.#late?.value(this.#bytes);
    return this.#value;
  }

  get summary(): Told {
    if (this.#summary !== undefined) return shortTold(typeof this.#summary === "function" ? this.#summary() : this.#summary);
    if (this.#late !== undefined && this.#bytes !== undefined) return shortTold(this.#late.summary(this.#bytes));
    return this.value === undefined ? "" : abbreviate(this.value);
  }

  get problem(): DecodeProblem | undefined {
    for (const { problem } of this.layers) if (problem !== undefined) return problem;
    return undefined;
  }
}

function shortId(id: MessageId | undefined): string | undefined {
  if (typeof id === "number") return String(id);
  return id === undefined || id === "" || id.length > ID_LENGTH ? undefined : id;
}

/** Most messages have the label of one just before them, and that very text. */
const fitted = { from: "", label: "" };

/** As a label stands in the table; empty where nothing is left of it. */
export function fitLabel(text: string): string {
  if (text !== fitted.from) {
    fitted.label = cut(oneLine(text), LABEL_LENGTH).trim();
    fitted.from = text;
  }
  return fitted.label;
}
