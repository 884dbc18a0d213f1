/* oxlint-disable unicorn/consistent-function-scoping -- nothing may stand outside */
import type { Program } from "./match-patterns.ts";
import type { LabelKeys } from "./read-labels.ts";
import type { Message, MessageReader } from "./read-messages.ts";
import type { JsonScanner, Step } from "./scan-json.ts";
import type { Natives } from "./take-natives.ts";

/** What `model/message-rule.ts` calls a page's condition: nothing is taken from outside, no type either. */
export interface Condition {
  readonly kind: string;
  readonly parts: readonly Condition[];
  readonly part: Condition;
  readonly source: string;
  readonly sources: readonly string[];
  readonly low: number | null;
  readonly high: number | null;
  readonly opcode: number;
  readonly direction: string;
  readonly path: readonly Step[];
  readonly test: { readonly operator: string; readonly type: string; readonly text: string; readonly program: Program | null } | null;
  readonly program: Program;
  readonly keys: LabelKeys["keys"];
  readonly weak: number;
  readonly holders: LabelKeys["holders"];
  readonly hasEvents: boolean;
}

export type Test = (message: Message) => boolean;

export interface ConditionCompiler {
  readonly compile: (condition: Condition) => Test;
  /** Whether a value in JSON is a number. */
  readonly isNumber: (source: string) => boolean;
}

/** Makes a test of a condition. */
export function compileConditions({ apply, slice, exec, Pattern }: Natives, { skip, unquoted, walk }: JsonScanner, { textOf, jsonOf, sizeOf }: MessageReader, patternOf: (program: Program) => (text: string) => boolean, labelOf: (keys: LabelKeys) => (message: Message) => string | undefined): ConditionCompiler {
  const numeric = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
  const matches = (pattern: RegExp, text: string): boolean => apply(exec, pattern, [text]) !== null;
  const isNumber = (source: string): boolean => matches(numeric, source);
  const passes = (test: NonNullable<Condition["test"]>, finds: ((text: string) => boolean) | undefined, source: string): boolean => {
    const isString = source[0] === '"';
    const isContainer = source[0] === "{" || source[0] === "[";
    const text = isString ? unquoted(source) : source;
    const { operator, type } = test;
    if (finds !== undefined) return !isContainer && source !== "null" && finds(text);
    if (operator === "=" || operator === "!=") {
      let isEqual = text === test.text && isString === (type === "string");
      // Doubles tell short numbers apart; long ones are equal where they are written alike.
      if (type === "number" && !isString && isNumber(text)) isEqual = text === test.text || (text.length <= 15 && test.text.length <= 15 && +text === +test.text);
      return isEqual === (operator === "=");
    }
    if (type === "string" ? !isString : isContainer || !isNumber(text)) return false;
    const a = type === "string" ? text : +text;
    const b = type === "string" ? test.text : +test.text;
    return operator === "<" ? a < b : operator === "<=" ? a <= b : operator === ">" ? a > b : a >= b;
  };
  const compile = (condition: Condition): Test => {
    switch (condition.kind) {
      case "every":
      case "some": {
        const isSome = condition.kind === "some";
        const { length } = condition.parts;
        const parts = { __proto__: null } as unknown as Record<number, Test>;
        for (let i = 0; i < length; i++) parts[i] = compile(condition.parts[i] as Condition);
        return (message) => {
          for (let i = 0; i < length; i++) if ((parts[i] as Test)(message) === isSome) return isSome;
          return !isSome;
        };
      }
      case "not": {
        const part = compile(condition.part);
        return (message) => !part(message);
      }
      case "text": {
        const pattern = new Pattern(condition.source, "iu");
        return (message) => {
          const text = textOf(message);
          return text !== null && matches(pattern, text);
        };
      }
      case "pattern": {
        const finds = patternOf(condition.program);
        return (message) => {
          const text = textOf(message);
          return text !== null && finds(text);
        };
      }
      case "url-pattern": {
        const finds = patternOf(condition.program);
        return ({ url }) => finds(url);
      }
      case "label": {
        const finds = patternOf(condition.program);
        const read = labelOf(condition);
        return (message) => {
          const label = read(message);
          return label !== undefined && finds(label);
        };
      }
      case "url": {
        const { length } = condition.sources;
        const patterns = { __proto__: null } as unknown as Record<number, RegExp>;
        for (let i = 0; i < length; i++) patterns[i] = new Pattern(condition.sources[i] as string, "giu");
        return ({ url }) => {
          for (let i = 0, at = 0; i < length; i++) {
            const pattern = patterns[i] as RegExp;
            pattern.lastIndex = at;
            if (!matches(pattern, url)) return false;
            at = pattern.lastIndex;
          }
          return true;
        };
      }
      case "size":
        return (message) => {
          const size = sizeOf(message);
          return (condition.low === null || size >= condition.low) && (condition.high === null || size <= condition.high);
        };
      case "opcode":
        return ({ isText }) => condition.opcode === (isText ? 1 : 2);
      case "direction":
        return ({ isSent }) => isSent === (condition.direction === "sent");
      case "value": {
        const { path, test } = condition;
        const pattern = test?.operator === "~" && test.program === null ? new Pattern(test.text, "iu") : undefined;
        const finds = pattern === undefined ? test?.program && patternOf(test.program) : (text: string): boolean => matches(pattern, text);
        return (message) => {
          const text = jsonOf(message);
          return text !== null && walk(text, skip(text, 0), path, 0, (from, to) => test === null || passes(test, finds ?? undefined, apply(slice, text, [from, to])));
        };
      }
      default:
        return () => false;
    }
  };
  return { compile, isNumber };
}
