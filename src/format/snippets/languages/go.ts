import { isBytes, type Data, type Phrase, type Variable } from "../script.ts";
import { escaped, hex, joined } from "./literal.ts";

/** https://go.dev/ref/spec#String_literals: raw where that is easier to read. A half of a pair is no character there. */
export function goText(text: string): string {
  const isRaw = text.includes('"') || text.includes("\\");
  if (isRaw && /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]*$/u.test(text) && !text.includes("`")) return `\`${text}\``;
  return `"${escaped(text, '"', escapeChar)}"`;
}

function escapeChar(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code >= 0xd800 && code <= 0xdfff) return "\\ufffd";
  return SHORT.get(char) ?? (code < 0x80 ? `\\x${hex(char, 2)}` : code < 0x10000 ? `\\u${hex(char, 4)}` : `\\U${hex(char, 8)}`);
}

const SHORT = new Map([["\n", "\\n"], ["\r", "\\r"], ["\t", "\\t"]]);

/** gofmt leaves no space around `+` among the arguments of a call, and in a comparison. */
export const goPhrase = (phrase: Phrase, plus = "+"): string => joined(phrase, goText, goName, plus);

export const goData = (data: Data): string => (isBytes(data) ? `[]byte("${Array.from(data, goByte).join("")}")` : `[]byte(${goPhrase(data)})`);

const goByte = (byte: number): string => (byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`);

/** `ACCESS_TOKEN` becomes `accessToken`; `TOKEN_2` is another than `TOKEN2`. */
export function goName({ name }: Pick<Variable, "name">): string {
  const camel = name.toLowerCase().replace(/_+([a-z])/g, (_, next: string) => next.toUpperCase());
  return TAKEN.has(camel) || !/^[a-z]/.test(camel) ? `secret${camel.charAt(0).toUpperCase()}${camel.slice(1)}` : camel;
}

/** Keywords, what is declared everywhere, and what the script itself names. */
const TAKEN = new Set(
  "break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var any append bool byte cap clear close comparable complex complex64 complex128 copy delete error false float32 float64 imag int int8 int16 int32 int64 iota len make max min new nil panic print println real recover rune string true uint uint8 uint16 uint32 uint64 uintptr context fmt http log os time websocket conn ctx env err kind main message send init url body".split(" "),
);
