/* oxlint-disable unicorn/consistent-function-scoping -- nothing may stand outside */
import type { ConditionCompiler } from "./compile-condition.ts";
import type { Message, MessageReader } from "./read-messages.ts";
import type { JsonScanner, Step } from "./scan-json.ts";
import type { Natives } from "./take-natives.ts";

/** What `model/message-rule.ts` calls a page's edit. */
export interface Edit {
  readonly type: string;
  readonly path: readonly Step[];
  readonly json: string;
  readonly sign: string;
  readonly by: number & string;
  readonly text: string;
}

/** What `model/message-rule.ts` calls a page's part of an answer. */
export interface AnswerPart {
  readonly text: string;
  readonly path: readonly Step[] | null;
  readonly isQuoted: boolean;
}

export interface MessageMaker {
  /** Makes changes to a message; false where one cannot be made, and then it is as it was. */
  readonly edit: (message: Message, edits: readonly Edit[]) => boolean;
  /** An answer with values of the message; undefined where one is not there, or cannot stand in a string. */
  readonly answer: (message: Message, parts: readonly AnswerPart[]) => string | undefined;
}

export function makeEdits({ apply, slice, indexOf, encode, Encoder, typedBuffer }: Natives, { skip, unquoted, walk }: JsonScanner, { textOf, jsonOf, message }: MessageReader, { isNumber }: ConditionCompiler): MessageMaker {
  const computed = (source: string, { sign, by }: Edit): string | undefined => {
    const isString = source[0] === '"';
    const text = isString ? unquoted(source) : source;
    if (!isNumber(text)) return undefined;
    const value = +text;
    // What a double does not hold exactly is not computed with.
    if (value > 9007199254740991 || value < -9007199254740991) return undefined;
    const made = sign === "+" ? value + by : sign === "-" ? value - by : sign === "*" ? value * by : value / by;
    if (made - made !== 0) return undefined;
    return isString ? `"${made}"` : `${made}`;
  };
  /** Undefined where it cannot be made. */
  const edited = (source: string, edit: Edit): string | undefined => {
    let out = "";
    let at = 0;
    if (edit.type === "replace") {
      for (let found = apply(indexOf, source, [edit.text, 0]); found >= 0; found = apply(indexOf, source, [edit.text, at])) {
        out += apply(slice, source, [at, found]) + edit.by;
        at = found + edit.text.length;
      }
    } else {
      let isBroken = false;
      walk(source, skip(source, 0), edit.path, 0, (from, to) => {
        const value = edit.type === "set" ? edit.json : computed(apply(slice, source, [from, to]), edit);
        if (value === undefined) isBroken = true;
        out += apply(slice, source, [at, from]) + (value ?? "");
        at = to;
        return isBroken;
      });
      if (isBroken) return undefined;
    }
    return at === 0 ? undefined : out + apply(slice, source, [at]);
  };
  const encoder = new Encoder();
  const edit = (whole: Message, edits: readonly Edit[]): boolean => {
    let text: string | null | undefined = textOf(whole);
    for (let i = 0; i < edits.length; i++) {
      const one = edits[i] as Edit;
      if (typeof text !== "string") return false;
      if (one.type !== "replace" && jsonOf(message("", true, true, text)) === null) return false;
      text = edited(text, one);
    }
    if (typeof text !== "string") return false;
    whole.data = whole.isText ? text : apply(typedBuffer, apply(encode, encoder, [text]), []);
    whole.text = text;
    whole.isJson = undefined;
    return true;
  };
  const valueAt = (json: string, { path, isQuoted }: AnswerPart): string | undefined => {
    let value: string | undefined;
    walk(json, skip(json, 0), path as readonly Step[], 0, (from, to) => {
      value = apply(slice, json, [from, to]);
      return true;
    });
    if (value === undefined || !isQuoted) return value;
    // Between quotes: what a string holds, as it is escaped already; numbers and the like as they are.
    if (value[0] === '"') return apply(slice, value, [1, -1]);
    return value[0] === "{" || value[0] === "[" ? undefined : value;
  };
  const answer = (asked: Message, parts: readonly AnswerPart[]): string | undefined => {
    let made = "";
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i] as AnswerPart;
      made += part.text;
      if (part.path === null) continue;
      const json = jsonOf(asked);
      const value = json === null ? undefined : valueAt(json, part);
      if (value === undefined) return undefined;
      made += value;
    }
    return made;
  };
  return { edit, answer };
}
