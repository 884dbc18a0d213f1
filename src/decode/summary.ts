import { SUMMARY_LENGTH } from "./decoder.ts";
import { say, type Said, type Told, type Value } from "../model/said.ts";
import { ARRAY, BYTES, NUMBER, OBJECT, STRING, TIME, type ValueDocument } from "../model/value-document.ts";

const LONGEST_STRING = 100;
/** Of a text within a sentence of ours. */
const LONGEST_QUOTE = 80;
const LONGEST_NUMBER = 100;
/** As many as a key of `LONGEST_STRING` characters may take. */
const MOST_KEY_BYTES = LONGEST_STRING * 4;
const INLINE_ENTRIES = 4;
const DEEPEST = 3;
/** Characters of a text that are looked at for one line; more than enough where most are spaces for indenting. */
const HEAD = SUMMARY_LENGTH * 4;

/** The head of a text as one line. Cost: bounded, whatever the text's length. */
export function oneLine(text: string): string {
  const head = text.length > HEAD ? text.slice(0, HEAD) : text;
  const line = SPACE.test(head) ? head.trimStart().replace(SPACES, " ") : head;
  return line.length > SUMMARY_LENGTH || head.length < text.length ? cut(line, SUMMARY_LENGTH) : line;
}

/** On one line of at most `SUMMARY_LENGTH` characters; of a sentence, what it quotes is cut. */
export function shortTold(told: Told): Told {
  if (typeof told !== "string") return { code: told.code, values: Object.fromEntries(Object.entries(told.values).map(([name, value]) => [name, shortValue(value)])) };
  return told.length > SUMMARY_LENGTH || SPACE.test(told) ? oneLine(told) : told;
}

function shortValue(value: Value): Value {
  if (typeof value === "number") return value;
  if (typeof value === "string") return cut(oneLine(value), LONGEST_QUOTE);
  return Array.isArray(value) ? value.map(shortPart) : shortTold(value as Said);
}

const shortPart = (part: Told): Told => (typeof part === "string" ? cut(oneLine(part), LONGEST_QUOTE) : shortTold(part));

/** What one line must not hold, and two spaces: without either, nothing has to be replaced. */
// oxlint-disable-next-line no-control-regex -- control characters are what this looks for
const SPACE = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]|  /;
const SPACES = /[\s\p{Cc}]+/gu;

/** At most `length` characters; a longer text ends in `…`. Cuts between characters, never within a pair. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 2);
  return `${text.slice(0, last >= 0xd800 && last < 0xdc00 ? length - 2 : length - 1)}…`;
}

/**
 * A value as abbreviated JSON on one line: `{"seq":55102,"book":[… 40]}`. Cost: bounded by the summary's length and
 * by the number of keys of the objects that it shows, not by the size of the value.
 */
export function abbreviate(document: ValueDocument): string {
  const abbreviation = new Abbreviation(document);
  // Several values of one message, one behind the other.
  for (let root = 0; root < document.count && !abbreviation.isFull; root = document.endOf(root)) abbreviation.write(root, 0);
  const { text } = abbreviation;
  return cut(CONTROL.test(text) ? text.replaceAll(CONTROLS, " ") : text, SUMMARY_LENGTH);
}

/** What JSON leaves as it is in a string, and one line must not hold. */
const CONTROL = /[\u007F-\u009F\u2028\u2029]/;
const CONTROLS = new RegExp(CONTROL, "g");

class Abbreviation {
  text = "";
  readonly #document: ValueDocument;

  constructor(document: ValueDocument) {
    this.#document = document;
  }

  write(node: number, depth: number): void {
    const document = this.#document;
    switch (document.kindOf(node)) {
      case OBJECT:
        this.#writeObject(node, depth);
        return;
      case ARRAY:
        this.#writeList(node, depth);
        return;
      case STRING:
      case TIME:
        this.text += stringText(document.textOf(node));
        return;
      case BYTES:
        this.text += `<${bytesText(document.bytesOf(node).length)}>`;
        return;
      case NUMBER:
        this.text += cut(document.textOf(node), LONGEST_NUMBER);
        return;
      default:
        this.text += document.textOf(node);
    }
  }

  get isFull(): boolean {
    return this.text.length > SUMMARY_LENGTH;
  }

  #writeList(list: number, depth: number): void {
    const document = this.#document;
    const length = document.childrenOf(list);
    if (length > 0 && (depth >= DEEPEST || (depth > 0 && length > INLINE_ENTRIES))) {
      this.text += `[… ${length}]`;
      return;
    }
    this.text += "[";
    for (let node = list + 1; node < document.endOf(list) && !this.isFull; node = document.endOf(node)) {
      if (node > list + 1) this.text += ",";
      this.write(node, depth + 1);
    }
    this.text += "]";
  }

  #writeObject(object: number, depth: number): void {
    const document = this.#document;
    this.text += "{";
    for (let node = object + 1; node < document.endOf(object) && !this.isFull; node = document.endOf(node)) {
      if (depth >= DEEPEST) {
        this.text += "…";
        break;
      }
      this.text += `${node > object + 1 ? "," : ""}${stringText(document.keyOf(node, MOST_KEY_BYTES) ?? "")}:`;
      this.write(node, depth + 1);
    }
    this.text += "}";
  }
}

/** As short as the JSON around it, and alike in every language. */
const bytesText = (count: number): string => `${count} B`;

/** In place of bytes that are no text and no value. */
export const bytesSaid = (size: number): Said => say("decode.bytes", { size });

const stringText = (text: string): string => JSON.stringify(cut(text, LONGEST_STRING));
