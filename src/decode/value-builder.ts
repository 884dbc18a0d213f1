import type { ValueDocument } from "../model/value-document.ts";
import { JsonSource } from "./json/json-source.ts";
import { readJson } from "./json/read-json.ts";
import { ValuePlaces } from "./value-places.ts";

/** Containers within containers that are told: what is deeper is left out. */
export const MOST_DEPTH = 500;

/**
 * Builds the value of an encoding that is read once, in document order, as JSON with bytes beside it: numbers are given as their
 * literals, so that they keep every digit, and keys keep their order, also one that comes twice.
 */
export class ValueBuilder {
  readonly #parts: string[] = [];
  readonly #open: ("}" | "]")[] = [];
  readonly #bytes = new Map<number, Uint8Array>();
  readonly #read: Uint8Array;
  readonly #spans: number[] = [];
  #nodes = 0;
  #isFirst = true;
  #key = "";

  /** `read`: the bytes that are read. */
  constructor(read: Uint8Array) {
    this.#read = read;
  }

  get depth(): number {
    return this.#open.length;
  }

  /** The values so far; the next one is the node of this number. */
  get count(): number {
    return this.#nodes;
  }

  get isEmpty(): boolean {
    return this.#nodes === 0;
  }

  /** The key of the value that comes next. */
  key(text: string): void {
    this.#key = `${JSON.stringify(text)}:`;
  }

  openObject(): void {
    this.#add("{");
    this.#open.push("}");
    this.#isFirst = true;
  }

  openArray(): void {
    this.#add("[");
    this.#open.push("]");
    this.#isFirst = true;
  }

  close(): void {
    this.#parts.push(this.#open.pop() ?? "");
    this.#isFirst = false;
    this.#key = "";
  }

  /** Ends what is open: the source broke there. */
  closeAll(): void {
    while (this.#open.length > 0) this.close();
  }

  text(text: string): void {
    this.#add(JSON.stringify(text));
  }

  /** Shares the memory of `bytes`. */
  bytes(bytes: Uint8Array): void {
    this.#bytes.set(this.#nodes, bytes);
    this.#add("null");
  }

  /** Where the value of a node stood in what is read: `from` up to `to`. */
  stood(node: number, from: number, to: number): void {
    while (this.#spans.length < node * 2) this.#spans.push(0);
    this.#spans[node * 2] = from;
    this.#spans[node * 2 + 1] = to;
  }

  /** A double's literal; what JSON has no word for is a text. */
  double(value: number): void {
    this.#add(Number.isFinite(value) ? (Object.is(value, -0) ? "-0" : String(value)) : `"${value}"`);
  }

  /** A literal of JSON: an integer's digits, `true`, `false`, `null`. */
  literal(json: string): void {
    this.#add(json);
  }

  /** JSON as it was sent, of so many values. */
  whole(json: string, values: number): void {
    this.#add(json);
    this.#nodes += values - 1;
  }

  /** All of it as JSON, bytes left out. */
  json(): string {
    return this.#parts.join("");
  }

  document(): ValueDocument | undefined {
    const { document } = readJson(encoder.encode(this.json()));
    if (document === undefined || !(document.source instanceof JsonSource)) return document;
    const starts = Uint32Array.from({ length: document.count }, (_, node) => document.fromOf(node));
    const source = document.source.madeOf(new ValuePlaces(this.#read, starts, this.#spans));
    if (this.#bytes.size === 0) return document.through(source);
    const places = new Map([...this.#bytes.keys()].map((node, place) => [node, place]));
    return document.withBytes(source.with([...this.#bytes.values()]), (node) => places.get(node));
  }

  #add(json: string): void {
    // Values of a root stand on lines of their own.
    if (!this.#isFirst) this.#parts.push(this.#open.length > 0 ? "," : "\n");
    this.#parts.push(this.#key, json);
    this.#isFirst = false;
    this.#key = "";
    this.#nodes++;
  }
}

const encoder = new TextEncoder();
