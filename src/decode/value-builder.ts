import { NO_CONTAINER, ValueColumns } from "../model/value-columns.ts";
import { ARRAY, BOOLEAN, BYTES, NO_KEY, NULL, NUMBER, OBJECT, STRING, type ValueDocument } from "../model/value-document.ts";
import { BuiltSource, FIRST_KEY } from "./built-source.ts";

/** Containers within containers that are told: what is deeper is left out. */
export const MOST_DEPTH = 500;

/** Most messages are others', and their reading ends soon. */
const FIRST_ROOM = 8;

/**
 * Builds the value of an encoding that is read once, in document order, with bytes beside what JSON has: numbers are given as
 * their literals, so that they keep every digit, and keys keep their order, also one that comes twice.
 */
export class ValueBuilder {
  readonly #columns = new ValueColumns(FIRST_ROOM);
  readonly #values: (string | Uint8Array)[] = [];
  readonly #keys: string[] = [];
  readonly #read: Uint8Array;
  readonly #spans: number[] = [];
  #key: string | undefined;

  /** `read`: the bytes that are read. */
  constructor(read: Uint8Array) {
    this.#read = read;
  }

  /** The values so far; the next one is the node of this number. */
  get count(): number {
    return this.#columns.count;
  }

  get isEmpty(): boolean {
    return this.count === 0;
  }

  /** The key of the value that comes next. */
  key(text: string): void {
    this.#key = text;
  }

  openObject(): void {
    this.#open(OBJECT);
  }

  openArray(): void {
    this.#open(ARRAY);
  }

  close(): void {
    if (this.#columns.container !== NO_CONTAINER) this.#columns.close(this.count);
    this.#key = undefined;
  }

  /** Ends what is open: the source broke there. */
  closeAll(): void {
    while (this.#columns.container !== NO_CONTAINER) this.close();
  }

  text(text: string): void {
    this.#add(STRING, text);
  }

  /** Shares the memory of `bytes`. */
  bytes(bytes: Uint8Array): void {
    this.#add(BYTES, bytes);
  }

  /** Where the value of a node stood in what is read: `from` up to `to`. */
  stood(node: number, from: number, to: number): void {
    while (this.#spans.length < node * 2) this.#spans.push(0);
    this.#spans[node * 2] = from;
    this.#spans[node * 2 + 1] = to;
  }

  /** A double's literal; what JSON has no word for is a text. */
  double(value: number): void {
    if (Number.isFinite(value)) this.#add(NUMBER, Object.is(value, -0) ? "-0" : String(value));
    else this.text(String(value));
  }

  /** A literal of JSON: a number's digits, `true`, `false`, `null`. */
  literal(json: string): void {
    this.#add(json === "null" ? NULL : json === "true" || json === "false" ? BOOLEAN : NUMBER, json);
  }

  /** All values of a document. */
  whole(document: ValueDocument): void {
    /** Where the containers end that are open. */
    const ends: number[] = [];
    for (let node = 0; node < document.count; node++) {
      for (; ends.at(-1) === node; ends.pop()) this.close();
      const key = document.keyOf(node);
      if (key !== undefined) this.key(key);
      const kind = document.kindOf(node);
      if (document.isContainer(node)) {
        this.#open(kind);
        ends.push(document.endOf(node));
      } else this.#add(kind, kind === BYTES ? document.bytesOf(node) : document.textOf(node));
    }
    for (; ends.length > 0; ends.pop()) this.close();
  }

  /** All of it so far; undefined where that is nothing. Nothing may come after it within what is open still. Cost: none. */
  document(): ValueDocument | undefined {
    return this.isEmpty ? undefined : this.#columns.lend(new BuiltSource(this.#values, this.#keys, this.#read, this.#spans));
  }

  #open(kind: number): void {
    const { count } = this;
    this.#columns.open(kind, count, this.#keyPlace());
    this.#values.push("");
  }

  #add(kind: number, value: string | Uint8Array): void {
    const { count } = this;
    this.#columns.add(kind, count, count + value.length, this.#keyPlace());
    this.#values.push(value);
  }

  #keyPlace(): number {
    if (this.#key === undefined) return NO_KEY;
    const place = FIRST_KEY + this.#keys.push(this.#key) - 1;
    this.#key = undefined;
    return place;
  }
}
