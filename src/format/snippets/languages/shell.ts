import { say, type Tell, type Told } from "../../../model/said.ts";
import { aboutVariable, isBytes, neededBy, sentSteps, type Data, type GivenSecret, type PacedStep, type Phrase, type Script, type Source, type Variable } from "../script.ts";
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

/** Notes, then the secrets, which must be there, or are asked for. `parts`: all that the command sends. */
export function shellHead(script: Script, parts: readonly Data[], tell: Tell): string[] {
  const { sources, given } = neededBy(script, parts);
  return [
    ...script.notes.map((note) => shellComment(tell(note))),
    ...given.flatMap((variable) => [shellComment(aboutVariable(variable, tell)), shellVariable(variable)]),
    ...sources.flatMap((source) => shellSource(source, tell)),
    ...(sources.length + given.length === 0 ? [] : [""]),
  ];
}

/** What a shell has from an answer: of JSON by jq, and a cookie as it stands. */
export const shellFetches = ({ place, isEncoded }: GivenSecret): boolean => place.in === "json" || (place.in === "cookie" && !place.isEncoded && !isEncoded && /^[\w.-]+$/.test(place.name));

function shellSource({ method, url, headers, body, given }: Source, tell: Tell): string[] {
  const isCookie = given.some(({ place }) => place.in === "cookie");
  const isJson = given.some(({ place }) => place.in === "json");
  const command = [
    `curl --silent --show-error --globoff --request ${shellText(method)}`,
    // Behind the answer stand the cookies, a line each.
    isCookie ? `--cookie-jar - ${isJson ? `--fail --write-out ${shellText("\\n")}` : "--output /dev/null"}` : "--fail",
    ...headers.map(({ name, value }) => `--header ${shellPhrase([`${name}: `, ...value])}`),
    ...(body === null ? [] : [`--data-raw ${shellPhrase(body)}`]),
    `--url ${shellPhrase(url)}`,
  ];
  return [
    ...(isJson ? ["# jq: apt-get install jq, brew install jq"] : []),
    ...given.flatMap(({ from }) => from.map((told) => shellComment(tell(told)))),
    `ANSWER=$(${shellCommand(command)})`,
    ...given.flatMap(({ variable, place, isEncoded }) => [
      shellComment(tell(variable.about)),
      `${variable.name}=$(printf '%s\\n' "$ANSWER" | ${place.in === "json" ? `${isCookie ? "sed '/^# Netscape/,$d' | " : ""}jq --raw-output ${shellText(`${jqPath(place.path)}${isEncoded ? " | tostring | @uri" : ""}`)}` : `awk -F '\\t' '$6 == "${place.in === "cookie" ? place.name : ""}" { print $7 }'`})`,
      `: "\${${variable.name}:?}"`,
    ]),
  ];
}

/** https://jqlang.org/manual/#basic-filters */
const jqPath = (path: readonly (string | number)[]): string => `.${path.map((step) => `[${JSON.stringify(step)}]`).join("")}`;

const shellVariable = ({ name, value }: Variable): string => (value === null ? `: "\${${name}:?}"` : `${name}=${shellText(value)}`);

/** Linux has 131,072 bytes for an argument and the option before it; what a secret has is not known. */
const LONGEST_ARGUMENT = 120_000;

/** What a client sends, as far as arguments of a command can hold it, and what is to be said of the rest. */
export function sentAsArguments(script: Script): { readonly steps: readonly PacedStep[]; readonly left: readonly Told[] } {
  const all = sentSteps(script);
  const whole = all.filter(({ data }) => !hasZeroByte(data));
  const steps = whole.filter(({ data }) => argumentLength(data) <= LONGEST_ARGUMENT);
  const [zeroBytes, tooLong] = [all.length - whole.length, whole.length - steps.length];
  return { steps, left: [...(zeroBytes === 0 ? [] : [say("snippet.zero-bytes", { n: zeroBytes })]), ...(tooLong === 0 ? [] : [say("snippet.too-long", { n: tooLong })])] };
}

const hasZeroByte = (data: Data): boolean => !isBytes(data) && data.some((part) => typeof part === "string" && part.includes("\0"));
/** Bytes stand there as base64. */
const argumentLength = (data: Data): number => (isBytes(data) ? (data.length * 4) / 3 : data.reduce((sum, part) => sum + (typeof part === "string" ? TO_UTF8.encode(part).length : 0), 0));

/** That a command sends no heartbeats, where the page did. */
export const heartbeatsLeft = ({ heartbeats, repeats }: Script, tool: string): readonly Told[] => (heartbeats.length + repeats.length === 0 ? [] : [say("snippet.no-heartbeats", { tool })]);

/** A command with each option on a line of its own. */
export const shellCommand = (words: readonly string[]): string => words.join(" \\\n  ");
