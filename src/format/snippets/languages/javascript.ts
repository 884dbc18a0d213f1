import { base64Text } from "../../../model/base64.ts";
import type { Tell } from "../../../model/said.ts";
import { aboutVariable, isBytes, type Data, type Phrase, type Script, type Variable } from "../script.ts";
import { hex, hexBytes, joined, oneLine, quoted } from "./literal.ts";

/** ECMA-262 §12.9.4; and it stays one where it is put into a page's script element. */
export const javaScriptText = (text: string): string => quoted(text, escapeChar).replace(/<(?=[/!])/g, "\\x3c");

function escapeChar(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  return SHORT.get(char) ?? (code < 0x100 ? `\\x${hex(char, 2)}` : code < 0x10000 ? `\\u${hex(char, 4)}` : `\\u{${hex(char, 0)}}`);
}

const SHORT = new Map([["\n", "\\n"], ["\r", "\\r"], ["\t", "\\t"]]);

export const javaScriptPhrase = (phrase: Phrase): string => joined(phrase, javaScriptText, ({ name }) => name);

/** `bytes`: how this runtime makes bytes of base64 or hex. */
export const javaScriptData = (data: Data, bytes: (data: Uint8Array) => string): string => (isBytes(data) ? bytes(data) : javaScriptPhrase(data));

export const nodeBytes = (data: Uint8Array): string => `Buffer.from("${hexBytes(data)}", "hex")`;
export const webBytes = (data: Uint8Array): string => `Uint8Array.from(atob("${base64Text(data)}"), (char) => char.charCodeAt(0))`;

export const javaScriptList = (phrases: readonly Phrase[]): string => `[${phrases.map(javaScriptPhrase).join(", ")}]`;

export const javaScriptComment = (text: string): string => `// ${oneLine(text).replace(/<(?=[/!])/g, "< ")}`;

/** Lines of an object, between its braces. */
export const javaScriptEntries = (headers: Script["headers"], indent: string): string[] =>
  headers.map(({ name, value }) => `${indent}${/^[a-z]+$/i.test(name) && name !== "__proto__" ? name : javaScriptText(name)}: ${javaScriptPhrase(value)},`);

/** A constant for each secret. `read`: how this runtime is given one, from the text of its name. */
export function javaScriptVariables(variables: readonly Variable[], tell: Tell, read: (name: string, about: string) => string): string[] {
  if (variables.length === 0) return [];
  return [
    ...variables.flatMap((variable) => {
      const { name, about, value } = variable;
      return [javaScriptComment(aboutVariable(variable, tell)), `const ${name} = ${value === null ? read(name, tell(about)) : javaScriptText(value)};`];
    }),
    "",
  ];
}

/** A mock answers for what is at this address, whatever its query: it holds what is new each time. */
export function javaScriptAddress(url: Phrase): string {
  const first = url[0];
  const [address = ""] = (typeof first === "string" ? first : "").split(/[?#]/, 1);
  return address;
}
