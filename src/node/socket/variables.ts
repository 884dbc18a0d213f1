import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import { fillIn, fillsOf, readTemplate } from "../../replay/template.ts";
import { isVariableName, type Variable } from "../../replay/transcript.ts";

/**
 * The user's variables, `name=value` each; the value of a name alone is the environment's. All are taken for secrets.
 * No other variable of the environment is ever read: a transcript of somebody else's may ask for any.
 */
export function readVariables(given: readonly string[]): readonly Variable[] {
  const variables = new Map<string, Variable>();
  for (const text of given) {
    const [name = "", ...rest] = text.split("=");
    if (!isVariableName(name)) throw new Refusal(say("replay.variable-name"));
    const value = rest.length > 0 ? rest.join("=") : process.env[name];
    if (value === undefined) throw new Refusal(say("node.connect-not-set", { name }));
    variables.set(name, { name, value, isSecret: true });
  }
  return [...variables.values()];
}

/** Fills them in where a text names them; nothing else can be filled in before there is a connection. */
export function fillVariables(text: string, variables: readonly Variable[]): string {
  const read = readTemplate(text);
  if ("problem" in read) throw new Refusal(read.problem);
  const values = new Map(variables.map(({ name, value }) => [name, value]));
  for (const fill of fillsOf(read.parts)) {
    const name = fill.name === "variable" ? fill.variable : fill.name;
    if (!values.has(name)) throw new Refusal(say("replay.no-variable", { name }));
  }
  return fillIn(read.parts, (fill) => (fill.name === "variable" && values.get(fill.variable)) || "");
}

/** Shorter values stand in too much that is none of them. */
const SHORTEST_HIDDEN = 4;
/** A text that is cut may end within a value. */
const SHORTEST_PIECE = 3;

/** Writes the name of each secret variable in the place of its value. */
export function hideSecrets(variables: readonly Variable[]): (text: string) => string {
  const hidden = secretValues(variables).map((value) => ({ value, instead: `{{${variables.find((one) => one.value === value || inJson(one.value) === value)?.name ?? ""}}}` }));
  return (text) => {
    const shown = hidden.reduce((all, { value, instead }) => all.replaceAll(value, instead), text);
    for (const { value, instead } of hidden) {
      for (let length = Math.min(value.length - 1, shown.length); length >= SHORTEST_PIECE; length--) {
        if (shown.endsWith(value.slice(0, length))) return shown.slice(0, -length) + instead;
      }
    }
    return shown;
  };
}

/** What is to be seen nowhere, the longest first: values as they are, and as JSON has them. */
export function secretValues(variables: readonly Variable[]): readonly string[] {
  const secret = variables.filter(({ value, isSecret }) => isSecret && value.length >= SHORTEST_HIDDEN).flatMap(({ value }) => [value, inJson(value)]);
  return [...new Set(secret)].toSorted((a, b) => b.length - a.length);
}

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);
