import type { Direction } from "../../model/frame.ts";
import type { ValueDocument } from "../../model/value-document.ts";
import type { KnownForm } from "../fields/known-form.ts";
import type { FieldReader, MessageFields } from "../fields/message-fields.ts";
import { JsonShape } from "./json-shape.ts";

/** Shapes of one direction that are tried, the commonest first. */
const MOST_SHAPES = 4;
/** What a shape costs to learn, in messages that fit one. */
const COST = 4;
const MOST_CREDIT = 64;
/** Messages after which a connection without shapes is tried again. */
const REST = 1024;

interface Known {
  readonly shape: JsonShape;
  readonly form: KnownForm;
  /** Messages that had it. */
  hits: number;
}

/**
 * Fields of messages whose shape came before, in one direction of a connection, without a reading of them. Never says
 * anything that `FieldReader.read` of the whole message does not. Where messages are of no few shapes, it rests.
 */
export class JsonShapes {
  readonly #fields: FieldReader;
  readonly #direction: Direction;
  readonly #known: Known[] = [];
  #credit = MOST_CREDIT;
  #resting = 0;

  constructor(fields: FieldReader, direction: Direction) {
    this.#fields = fields;
    this.#direction = direction;
  }

  /** Of the text between two places; undefined where it is to be read: then `learn` is to be told of it, where it is whole. */
  read(bytes: Uint8Array, from: number, to: number): MessageFields | undefined {
    if (this.#resting > 0) {
      this.#resting--;
      return undefined;
    }
    const known = this.#known;
    for (let place = 0; place < known.length; place++) {
      const one = known[place] as Known;
      if (!one.shape.fits(bytes, from, to)) continue;
      one.hits++;
      if (place > 0) {
        const before = known[place - 1] as Known;
        if (before.hits < one.hits) [known[place - 1], known[place]] = [one, before];
      }
      if (this.#credit < MOST_CREDIT) this.#credit++;
      return this.#fields.readKnown(one.form, bytes, this.#direction);
    }
    return undefined;
  }

  /** A message that is one JSON text, and what it was read as. */
  learn(bytes: Uint8Array, document: ValueDocument): void {
    if (this.#resting > 0) return;
    this.#credit -= COST;
    if (this.#credit < 0) {
      this.#credit = MOST_CREDIT;
      this.#resting = REST;
      return;
    }
    const shape = JsonShape.of(bytes, document, (node) => this.#fields.holdsTopic(document, node));
    if (shape === undefined || !shape.fits(bytes, 0, bytes.length)) return;
    if (this.#known.length === MOST_SHAPES) this.#known.pop();
    this.#known.push({ shape, form: this.#fields.formOf(shape.document, this.#direction), hits: 0 });
  }
}
