import { readFile, readdir } from "node:fs/promises";
import { parseSync } from "oxc-parser";
import { describe, expect, it } from "vitest";
import type { Code } from "../../src/model/said.ts";
import type { Speaker } from "../../src/words/speaker.ts";
import { en, zh } from "./speakers.ts";

const PANEL = new URL("../../src/panel/", import.meta.url);

/** A button that shows other words than it is called. */
interface Named {
  /** `rules/rule-line.tsx` */
  readonly file: string;
  readonly name: Code;
  readonly text: Code;
}

/** All buttons of the panel whose name and text are both words of the catalogue. */
async function namedButtons(): Promise<readonly Named[]> {
  const files = (await readdir(PANEL, { recursive: true })).filter((file) => file.endsWith(".tsx"));
  return (await Promise.all(files.map(buttonsOf))).flat();
}

async function buttonsOf(file: string): Promise<readonly Named[]> {
  const { program } = parseSync(file, await readFile(new URL(file, PANEL), "utf8"));
  const found: Named[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if (Array.isArray(node)) return node.forEach(walk);
    if (isButton(node)) {
      const [name, text] = [codeOf(node, "name"), codeOf(node, "text")];
      if (name !== undefined && text !== undefined && name !== text) found.push({ file, name, text });
    }
    Object.values(node).forEach(walk);
  };
  walk(program);
  return found;
}

interface Element {
  readonly type: "JSXOpeningElement";
  readonly name: { readonly name?: string };
  readonly attributes: readonly { readonly name?: { readonly name?: string }; readonly value?: { readonly expression?: Call } }[];
}

const isButton = (node: object): node is Element => (node as Partial<Element>).type === "JSXOpeningElement" && (node as Element).name.name === "Button";

interface Call {
  readonly type: string;
  readonly callee?: { readonly name?: string };
  readonly arguments?: readonly { readonly value?: unknown }[];
}

/** Of `name={words("…")}` the code. */
function codeOf({ attributes }: Element, attribute: string): Code | undefined {
  const call = attributes.find(({ name }) => name?.name === attribute)?.value?.expression;
  return call?.type === "CallExpression" && call.callee?.name === "words" ? (call.arguments?.[0]?.value as Code) : undefined;
}

/** Whoever says what stands on a button has named it: WCAG 2.5.3. Signs and spaces nobody says. */
const isIn = (text: string, name: string): boolean => heard(name).includes(heard(text));
const heard = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");

const saying = ({ words }: Speaker) => (code: Code, n: number): string => (words as (code: Code, values: object) => string)(code, { n, name: "a", title: "a", rule: "a", url: "a" });

describe("the name of a button", () => {
  it.each([["English", en], ["Chinese", zh]] as const)("holds what it shows, in %s", async (_, speaker) => {
    const buttons = await namedButtons();
    expect(buttons.length).toBeGreaterThan(10);
    const say = saying(speaker);
    const wrong = buttons.flatMap(({ file, name, text }) => [1, 3].filter((n) => !isIn(say(text, n), say(name, n))).map((n) => `${file}: “${say(text, n)}” is not in “${say(name, n)}”`));
    expect(wrong).toEqual([]);
  });
});
