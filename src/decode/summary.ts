import { SUMMARY_LENGTH } from "./decoder.ts";
import { isList, isObject, type PlainList, type PlainObject, type PlainValue } from "./plain-value.ts";

const LONGEST_STRING = 100;
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
export function abbreviate(value: PlainValue): string {
  const { text } = new Abbreviation().write(value, 0);
  return cut(CONTROL.test(text) ? text.replaceAll(CONTROLS, " ") : text, SUMMARY_LENGTH);
}

/** What JSON leaves as it is in a string, and one line must not hold. */
const CONTROL = /[\u007F-\u009F\u2028\u2029]/;
const CONTROLS = new RegExp(CONTROL, "g");

class Abbreviation {
  text = "";

  write(value: PlainValue, depth: number): this {
    if (typeof value === "string") this.text += stringText(value);
    else if (isList(value)) this.#writeList(value, depth);
    else if (isObject(value)) this.#writeObject(value, depth);
    else if (value instanceof Uint8Array) this.text += `<${bytesText(value.length)}>`;
    else this.text += String(value);
    return this;
  }

  #writeList(list: PlainList, depth: number): void {
    if (list.length > 0 && (depth >= DEEPEST || (depth > 0 && list.length > INLINE_ENTRIES))) {
      this.text += `[… ${list.length}]`;
      return;
    }
    this.text += "[";
    for (let i = 0; i < list.length && !this.#isFull; i++) {
      if (i > 0) this.text += ",";
      this.write(list[i] as PlainValue, depth + 1);
    }
    this.text += "]";
  }

  #writeObject(object: PlainObject, depth: number): void {
    this.text += "{";
    let isFirst = true;
    for (const key in object) {
      if (this.#isFull) break;
      if (depth >= DEEPEST) {
        this.text += "…";
        break;
      }
      this.text += `${isFirst ? "" : ","}${stringText(key)}:`;
      isFirst = false;
      this.write(object[key] as PlainValue, depth + 1);
    }
    this.text += "}";
  }

  get #isFull(): boolean {
    return this.text.length > SUMMARY_LENGTH;
  }
}

export const bytesText = (count: number): string => `${count} ${count === 1 ? "byte" : "bytes"}`;

const stringText = (text: string): string => JSON.stringify(cut(text, LONGEST_STRING));
