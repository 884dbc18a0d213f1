import type { Tell } from "../../../model/said.ts";
import { aboutVariable, type Phrase, type Script, type Variable } from "../script.ts";
import { oneLine } from "./literal.ts";

/**
 * One word of POSIX' shell (XCU §2.2). Between single quotes all stands for itself. What a terminal would obey when the
 * script is pasted into it is made by printf. NUL cannot stand in a word, nor can a half of a pair: U+FFFD does.
 */
export function shellText(text: string): string {
  const words = text.replace(/[\0\uD800-\uDFFF]/gu, "\uFFFD").split(OBEYED);
  const parts = words.flatMap((part, i) => (i % 2 === 1 ? [printed(part)] : part === "" ? [] : [`'${part.replaceAll("'", "'\\''")}'`]));
  return parts.length === 0 ? "''" : parts.join("");
}

/** A line feed is none of them: between quotes it is itself. */
const OBEYED = /((?:(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}])+)/u;
const TO_UTF8 = new TextEncoder();
const printed = (text: string): string => `"$(printf '${Array.from(TO_UTF8.encode(text), (byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("")}')"`;

export function shellPhrase(phrase: Phrase): string {
  const words: string[] = [];
  let text = "";
  for (const part of phrase) {
    if (typeof part === "string") {
      text += part;
      continue;
    }
    words.push(...(text === "" ? [] : [shellText(text)]), `"$${part.name}"`);
    text = "";
  }
  return [...words, ...(text === "" && words.length > 0 ? [] : [shellText(text)])].join("");
}

/**
 * A comment that stays harmless where it is none: zsh reads pasted ones as commands. So nothing is left in it that a shell
 * obeys.
 */
export const shellComment = (text: string): string => `# ${oneLine(text).replace(/[^\p{L}\p{M}\p{N} .,:/_#“”‘’（）：，。、–…-]/gu, "_")}`;

/** Notes, then the secrets, which must be there. */
export function shellHead({ notes }: Script, variables: readonly Variable[], tell: Tell): string[] {
  return [
    ...notes.map((note) => shellComment(tell(note))),
    ...variables.flatMap((variable) => [shellComment(aboutVariable(variable, tell)), shellVariable(variable)]),
    ...(variables.length === 0 ? [] : [""]),
  ];
}

const shellVariable = ({ name, value }: Variable): string => (value === null ? `: "\${${name}:?}"` : `${name}=${shellText(value)}`);

/** A command with each option on a line of its own. */
export const shellCommand = (words: readonly string[]): string => words.join(" \\\n  ");
