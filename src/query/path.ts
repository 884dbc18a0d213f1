import { say } from "../model/said.ts";
import type { PathStep, Read } from "./query.ts";

/** The most steps of one path: a person's paths have a handful. */
const MOST_STEPS = 50;

const KEY = /[\p{L}\p{N}_$\u{80}-\u{10FFFF}][\p{L}\p{N}_$\u{80}-\u{10FFFF}-]*/uy;
const QUOTED_KEY = /"((?:[^"\\]|\\[^])*)"/y;
const INDEX = /-?\d{1,9}/y;

/** Reads `.user.name`, `.items[*].sku`, `$..price`, `."a key"`; a place in a problem counts from the path's begin. */
export function readPath(token: string): Read<readonly PathStep[]> & { readonly from?: number } {
  const steps: PathStep[] = [];
  let at = token.startsWith("$") ? 1 : 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(token);
    if (found !== null) at = pattern.lastIndex;
    return found;
  };
  while (at < token.length) {
    if (steps.length === MOST_STEPS) return { problem: say("query.path-steps", { most: MOST_STEPS }), from: at };
    const deep = token.startsWith("..", at);
    const hasDot = token[at] === ".";
    at += deep ? 2 : hasDot ? 1 : 0;
    if (token[at] === "[") {
      at++;
      const index = take(INDEX);
      const quoted = index === null ? take(QUOTED_KEY) : null;
      if (index !== null) steps.push({ kind: "index", index: Number(index[0]), deep });
      else if (quoted !== null) steps.push({ kind: "key", key: unquote(quoted[1] as string), deep });
      else if (token[at] === "*") {
        at++;
        steps.push({ kind: "every", deep });
      } else return { problem: say("query.path-brackets"), from: at };
      if (token[at] !== "]") return { problem: say("query.path-open-bracket"), from: at };
      at++;
      continue;
    }
    if (!hasDot) return { problem: say("query.path-character", { character: characterAt(token, at) }), from: at };
    if (token[at] === "*") {
      at++;
      steps.push({ kind: "every", deep });
      continue;
    }
    const quoted = take(QUOTED_KEY);
    const key = quoted === null ? take(KEY) : null;
    if (quoted !== null) steps.push({ kind: "key", key: unquote(quoted[1] as string), deep });
    else if (key !== null) steps.push({ kind: "key", key: key[0], deep });
    else return { problem: say("query.path-key"), from: at };
  }
  return { value: steps };
}

/** The path as `readPath` reads it. */
export function printPath(steps: readonly PathStep[]): string {
  const text = steps.map(printStep).join("");
  // A path begins with a dot or with $; `[0]` alone would be a word.
  return text.startsWith("[") ? `$${text}` : text;
}

/** Languages in which a path is written to be pasted elsewhere. */
export const PATH_FORMS = ["JavaScript", "jq", "JSONPath"] as const;
export type PathForm = (typeof PATH_FORMS)[number];

/** A path of keys and indexes alone: `.a[0]["b c"]` for jq, without its first dot in JavaScript, behind `$` for JSONPath (RFC 9535). */
export function formatPath(steps: readonly PathStep[], form: PathForm): string {
  const text = steps.map((step) => (step.kind === "index" ? `[${step.index}]` : step.kind === "every" ? "[*]" : /^[A-Za-z_$][\w$]*$/.test(step.key) && !(form !== "JavaScript" && step.key.includes("$")) ? `.${step.key}` : `[${JSON.stringify(step.key)}]`)).join("");
  switch (form) {
    case "JavaScript":
      return text.replace(/^\./, "");
    case "jq":
      return text.startsWith("[") || text === "" ? `.${text}` : text;
    case "JSONPath":
      return `$${text}`;
  }
}

function printStep(step: PathStep): string {
  const dots = step.deep ? ".." : "";
  switch (step.kind) {
    case "index":
      return `${dots}[${step.index}]`;
    case "every":
      return `${dots}[*]`;
    case "key":
      return `${step.deep ? ".." : "."}${isPlainKey(step.key) ? step.key : quote(step.key)}`;
  }
}

function isPlainKey(key: string): boolean {
  // A digit cannot begin the first key of a path (`.5` is a word), so no key that begins with one is printed bare.
  return /^\D/.test(key) && /^[A-Za-z_$][\w$-]*$/.test(key);
}

function characterAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0x20);
}

/** A text in double quotes: a quote or a backslash inside has a backslash before it. */
export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, String.raw`\$&`)}"`;
}

/** What stands between the quotes; any other backslash is itself. */
export function unquote(inner: string): string {
  return inner.replace(/\\(["\\])/g, "$1");
}
