import fc from "fast-check";
import type { Data, Phrase, Script, Step, Variable } from "../../../src/format/snippets/script.ts";
import { milliseconds } from "../../../src/model/units.ts";

/** What breaks out of strings, comments, formats and commands somewhere. */
const BREAKERS = ["'", '"', "`", "\\", "\\'", '\\"', "\n", "\r", "\r\n", "\t", "\0", "\f", "\v", "\u0085", "\u2028", "\u2029", "\u202e", "\ufeff", "\ud800", "\udc00", "😀", "中文", "e\u0301", "'''", '"""', "${x}", "$(id)", "$HOME", "`id`", "%s", "%n", "{0}", "{", "}", "#", "//", "/*", "*/", "--", "-", "; rm x", "&&", "|", ">", "<!--", "</script>", "\x1b[2J", "\x03", "!!", "*", "?", "~", "\\u", "\\x", "\\N{", "\\0", "coding: latin-1", "-*- coding: x -*-", "# sourceMappingURL=x", "__proto__"];

export const anyText: fc.Arbitrary<string> = fc.array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...BREAKERS) }, { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 4 }) }, { weight: 1, arbitrary: fc.constantFrom("a", "token", " ", "1") }), { maxLength: 6 }).map((parts) => parts.join(""));

/** How a script is made, apart from what stands in it: two of one shape are the same code around other texts. */
export interface ScriptTexts {
  readonly url: string;
  readonly subprotocol: string;
  readonly headerName: string;
  readonly headerValue: string;
  readonly message: string;
  readonly heartbeat: string;
  readonly secret: string;
  readonly comment: string;
  readonly bytes: Uint8Array;
}

export const anyTexts: fc.Arbitrary<ScriptTexts> = fc.record({
  url: anyText,
  subprotocol: anyText,
  headerName: anyText,
  headerValue: anyText,
  message: anyText,
  heartbeat: anyText,
  secret: anyText,
  comment: anyText,
  bytes: fc.uint8Array({ maxLength: 12 }),
});

export const PLAIN: ScriptTexts = { url: "u", subprotocol: "s", headerName: "n", headerValue: "v", message: "m", heartbeat: "h", secret: "k", comment: "c", bytes: Uint8Array.of(1) };

/** With these texts in every field. `keepsSecrets`: the variables hold them too. */
export function scriptOf(texts: ScriptTexts, keepsSecrets: boolean): Script {
  const variable: Variable = { name: "TOKEN", about: texts.comment, from: [texts.comment], value: keepsSecrets ? texts.secret : null };
  const ticket: Variable = { ...variable, name: "TICKET" };
  const said: Variable = { ...variable, name: "SAID" };
  const shouted: Variable = { ...variable, name: "SHOUTED" };
  const around = (text: string): Phrase => [text, variable, text];
  const step = (data: Data, direction: Step["direction"], at: number): Step => ({ data, direction, at: milliseconds(at), number: 1 });
  return {
    url: around(`ws://x/${texts.url}`),
    subprotocols: [[texts.subprotocol], around(texts.subprotocol)],
    headers: [
      { name: `X-${texts.headerName}`, value: around(texts.headerValue) },
      { name: "Cookie", value: [texts.headerValue] },
      { name: "Origin", value: [texts.headerValue] },
    ],
    variables: [variable, ticket, { ...variable, name: "RECEIVED" }, { ...variable, name: "UNNEEDED" }, said, shouted],
    steps: [step([texts.message, ticket], "sent", 0), step(around(texts.message), "sent", 100), step(texts.bytes, "sent", 200), step([texts.message, said, shouted], "sent", 200), step([texts.message], "received", 300), step(texts.bytes, "received", 300)],
    heartbeats: [{ on: [texts.heartbeat], send: around(texts.heartbeat) }],
    repeats: [{ every: milliseconds(1000), send: [texts.heartbeat] }],
    sources: [
      {
        method: "GET",
        url: around(`http://x/${texts.url}`),
        headers: [],
        body: null,
        given: [{ variable: { ...variable, name: "UNNEEDED" }, place: { in: "json", path: [], isNumber: false }, isEncoded: false, from: [texts.comment] }],
      },
      {
        method: `M${texts.headerName}`,
        url: around(`http://x/${texts.url}`),
        headers: [{ name: texts.headerName, value: around(texts.headerValue) }],
        body: around(texts.message),
        given: [
          { variable: ticket, place: { in: "json", path: [texts.message, 3, texts.comment], isNumber: true }, isEncoded: true, from: [texts.comment, texts.comment] },
          { variable: { ...variable, name: "COOKIE" }, place: { in: "cookie", name: texts.message, isEncoded: true }, isEncoded: true, from: [texts.comment] },
          { variable: { ...variable, name: "OTHER" }, place: { in: "text", before: texts.message, after: texts.heartbeat }, isEncoded: false, from: [texts.comment] },
        ],
      },
    ],
    heard: [
      { variable: said, number: 1, place: { in: "json", path: [texts.message, 3], isNumber: true }, isEncoded: false, from: [texts.comment] },
      { variable: shouted, number: 1, place: { in: "text", before: texts.message, after: texts.heartbeat }, isEncoded: false, from: [texts.comment] },
    ],
    origins: [],
    notes: [texts.comment],
  };
}
