import { describe, expect, it } from "vitest";
import type { Code } from "../../src/model/said.ts";
import { catalogue as english } from "../../src/words/en/catalogue.ts";
import { sourceStrings, type SourceString } from "./source-strings.ts";

/** Everything that is told goes through the catalogues. */
const SPOKEN = ["capture", "contract", "decode", "engine", "format", "log", "node", "pages", "panel", "query", "worker", "model/settings.ts", "model/handshake.ts", "model/handshake", "model/extension-list.ts"];

/** Attributes that are read by people. */
const READ = new Set(["title", "aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "alt", "placeholder", "name", "text", "label"]);
/** Attributes that no person reads. */
const UNREAD = new Set(["className", "class", "style", "type", "role", "href", "id", "key"]);

/** Names that are the same in every language. */
const isName = (text: string): boolean => /^(DevTools|Framescope|HAR|JSON|WebSocket)$/.test(text);
/** Two words of which one begins with a capital, or a sentence's end: no code, no key, no selector is so. */
const isProse = (text: string): boolean => /[A-Z][a-z]+,? [a-z]{2,}/.test(text) || /[a-z]{2,} [a-z]{2,}[^.]*[a-z)][.:…]$/.test(text.trim());

/** Programs in other languages are written there. */
const IS_CODE = /^(?:src\/)?format\/snippets\//;

function isSentence({ at, role, parts }: SourceString): boolean {
  if (IS_CODE.test(at)) return false;
  if (role === "error" || UNREAD.has(role)) return false;
  const texts = parts.map((part) => part.trim()).filter((part) => /\p{L}{2}/u.test(part) && !isName(part));
  return role === "text" || READ.has(role) ? texts.some((text) => !Object.hasOwn(english, text)) : texts.some(isProse);
}

describe("what is told to the user", () => {
  it("stands in the catalogues and nowhere else", async () => {
    const sentences = (await sourceStrings(SPOKEN)).filter(isSentence);
    expect(sentences.map(({ at, parts }) => `${at} ${parts.join("…")}`)).toEqual([]);
  });

  it("is told somewhere: no code is left that nothing says", async () => {
    const strings = await sourceStrings(["panel", "pages", "node", "query", "model", "engine", "capture", "log", "decode", "format", "replay", "worker", "words/speaker.ts"]);
    const whole = new Set(strings.flatMap(({ parts: [only, ...rest] }) => (rest.length === 0 && only !== undefined ? [only] : [])));
    const made = strings
      .filter(({ parts }) => parts.length > 1 && /^[a-z]+\.[a-z-]*$/.test(parts[0] ?? ""))
      .map(({ parts }) => new RegExp(`^${parts.map((part) => part.replaceAll(".", String.raw`\.`)).join("[a-z0-9-]+")}$`));
    const unsaid = (Object.keys(english) as Code[]).filter((code) => !whole.has(code) && !made.some((pattern) => pattern.test(code)));
    expect(unsaid).toEqual([]);
  });
});

describe("the search for sentences", () => {
  const code = (text: string): SourceString => ({ at: "", parts: [text], role: "code" });

  it("finds what people read", () => {
    for (const role of ["text", "title", "aria-label", "placeholder"]) expect(isSentence({ at: "", parts: ["Frames"], role }), role).toBe(true);
    for (const text of ["The log was cleared.", "Not saved: the disk is full", "Frames and bytes", "only this one ends with a stop."]) expect(isSentence(code(text)), text).toBe(true);
    expect(isSentence({ at: "", parts: ["", " frames of "], role: "text" })).toBe(true);
  });

  it("leaves codes, keys, classes and selectors", () => {
    for (const text of ["bar.clear", "open source", "frame-row frame-even", '[role="grid"]', "ArrowDown", "Alt+←", "translateY(", "service worker"]) expect(isSentence(code(text)), text).toBe(false);
    expect(isSentence({ at: "", parts: ["menu popup"], role: "className" })).toBe(false);
    expect(isSentence({ at: "", parts: ["Only what stands inside has one."], role: "error" })).toBe(false);
  });
});
