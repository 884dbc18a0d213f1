import type { CapturedFacts } from "../captured.ts";
import type { Query } from "../query.ts";
import { valueQuery } from "./value-query.ts";

/** A step of jq that looks through what comes to it: `| select(.px > 5)`, `| test("^A")`. */
const SELECT = /^(?:map\s*\(\s*)?select\s*\(([^]*)\)$/u;
const TEST = /^(contains|inside|test|match|startswith|endswith|index)\s*\(\s*"((?:[^"\\]|\\[^])*)"[^)]*\)$/u;
const PATH = /^\.[^\s|(]*$/u;

/**
 * A program of jq as a filter: its paths one behind the other, and the condition of its `select`. Undefined where it is none.
 * `read` reads a condition in which paths begin at `.`.
 */
export function readJq(text: string, facts: CapturedFacts, read: (text: string, facts: CapturedFacts) => Query | undefined): Query | undefined {
  const stages = splitStages(text);
  if (stages.length < 2 && !SELECT.test(text.trim())) return undefined;
  let base = "";
  let found: Query | undefined;
  for (const stage of stages) {
    const selected = SELECT.exec(stage);
    const tested = TEST.exec(stage);
    if (selected !== null) {
      const condition = withBase(base + (stage.startsWith("map") ? "[*]" : ""), selected[1] as string);
      found = readJq(condition, facts, read) ?? read(condition, facts) ?? found;
    } else if (tested !== null) found = testQuery(base, tested[1] as string, (tested[2] as string).replace(/\\(["\\])/g, "$1"));
    else if (PATH.test(stage)) {
      base += stage === "." ? "" : base !== "" && stage.startsWith(".[") ? stage.slice(1) : stage;
      found = base === "" ? found : (valueQuery(base, "=", null) ?? found);
    } else if (!/^[a-z_@][\w@]*(?:\s*\([^|]*\))?$/iu.test(stage)) {
      // `.a.b | length > 3`, a condition without `select`.
      const condition = read(withBase(base, stage), facts);
      if (condition === undefined || !stage.startsWith(".")) return found;
      found = condition;
    }
  }
  return found;
}

/** What stands between pipes that are in no quotes and no parentheses. */
function splitStages(text: string): readonly string[] {
  const stages: string[] = [];
  let depth = 0;
  let isQuoted = false;
  let stage = "";
  for (let i = 0; i < text.length; i++) {
    const character = text[i] as string;
    if (character === "\\" && isQuoted) stage += character + (text[++i] ?? "");
    else if (character === "|" && !isQuoted && depth === 0 && text[i + 1] !== "|" && text[i - 1] !== "|") {
      stages.push(stage.trim());
      stage = "";
    } else {
      if (character === '"') isQuoted = !isQuoted;
      else if (!isQuoted && character === "(") depth++;
      else if (!isQuoted && character === ")") depth--;
      stage += character;
    }
  }
  return [...stages, stage.trim()].filter((one) => one !== "");
}

/** A condition with its paths continued from `base`; `.` alone is the base itself. */
function withBase(base: string, condition: string): string {
  if (base === "") return condition;
  return condition.replace(/"(?:[^"\\]|\\[^])*"|(?<![\w\]])\.(?:[A-Za-z_$[][\w$[\].*-]*)?/gu, (token) => {
    if (token.startsWith('"')) return token;
    if (token === ".") return base;
    return base + (token.startsWith(".[") ? token.slice(1) : token);
  });
}

function testQuery(base: string, name: string, text: string): Query | undefined {
  if (text === "") return undefined;
  const escaped = text.replace(/[$()*+./?[\\\]^{|}]/g, String.raw`\$&`);
  const source = name === "startswith" ? `^${escaped}` : name === "endswith" ? `${escaped}$` : text.replace(/(?<!\\)\//g, String.raw`\/`);
  const isText = name === "contains" || name === "inside" || name === "index";
  const operand = isText ? ({ kind: "text", text } as const) : ({ kind: "pattern", source, flags: "" } as const);
  if (base === "") return isText ? { kind: "text", text } : { kind: "pattern", source, flags: "" };
  return valueQuery(base, "~", operand);
}
