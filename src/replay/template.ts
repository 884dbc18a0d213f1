import { say, type Said } from "../model/said.ts";
import { readPath } from "../query/path.ts";
import { OWN_NAMES } from "./transcript.ts";

/** What is filled in. `answer`: the value at a path of what was received, in the language of the filter. */
export type Fill = { readonly name: "now" | "uuid" | "counter" } | { readonly name: "answer"; readonly path: string } | { readonly name: "variable"; readonly variable: string };

/** A piece of a message as it stands, or a value. `isQuoted`: it stands between double quotes, as a JSON string does. */
export type TemplatePart = string | { readonly fill: Fill; readonly isQuoted: boolean };

export type ReadTemplate = { readonly parts: readonly TemplatePart[] } | { readonly problem: Said };

/** A value's place, behind its braces. */
const VALUE = /\s*([A-Za-z_][\w-]*)(?:\s+([^{}]*?))?\s*\}\}/y;

/**
 * Reads what the user wrote: `{{name}}` is a value. `{{` itself is written with a backslash before it; a backslash that
 * stands right before braces is written twice.
 */
export function readTemplate(source: string): ReadTemplate {
  const parts: TemplatePart[] = [];
  let literal = "";
  let isQuoted = false;
  let at = 0;
  const take = (text: string): void => {
    literal += text;
    isQuoted = endsQuoted(text, isQuoted);
  };
  for (const braces = /(\\*)\{\{/g; ; ) {
    braces.lastIndex = at;
    const found = braces.exec(source);
    if (found === null) break;
    const backslashes = (found[1] as string).length;
    take(source.slice(at, found.index) + "\\".repeat(backslashes >> 1));
    at = braces.lastIndex;
    if (backslashes % 2 === 1) {
      take("{{");
      continue;
    }
    VALUE.lastIndex = at;
    const value = VALUE.exec(source);
    if (value === null) return { problem: say("replay.open-braces", { place: at - 1 }) };
    const fill = fillOf(value[1] as string, value[2]);
    if ("code" in fill) return { problem: fill };
    if (literal !== "") parts.push(literal);
    literal = "";
    parts.push({ fill, isQuoted });
    at = VALUE.lastIndex;
  }
  take(source.slice(at));
  if (literal !== "") parts.push(literal);
  return { parts };
}

function fillOf(name: string, path: string | undefined): Fill | Said {
  if (name === "answer") {
    if (path === undefined || path === "") return say("replay.answer-needs-path");
    const read = readPath(path);
    return "problem" in read ? say("replay.answer-path", { path, why: read.problem }) : { name, path };
  }
  if (path !== undefined && path !== "") return say("replay.takes-nothing", { name });
  return OWN_NAMES.has(name) ? { name: name as "now" | "uuid" | "counter" } : { name: "variable", variable: name };
}

/** Whether a double quote is open behind a text, as JSON has them. */
function endsQuoted(text: string, isOpenBefore: boolean): boolean {
  let isOpen = isOpenBefore;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') isOpen = !isOpen;
    else if (isOpen && text[at] === "\\") at++;
  }
  return isOpen;
}

/** A text as a template that is this text: what it holds is no value. */
export const escapeTemplate = (text: string): string => text.replace(/(\\*)\{\{/g, String.raw`$1$1\{{`);

/** The message, with each value as it stands; between double quotes as a JSON string holds it, so that it cannot end the string. */
export const fillIn = (parts: readonly TemplatePart[], valueOf: (fill: Fill) => string): string =>
  parts.map((part) => (typeof part === "string" ? part : part.isQuoted ? JSON.stringify(valueOf(part.fill)).slice(1, -1) : valueOf(part.fill))).join("");

/** What a template asks for. */
export const fillsOf = (parts: readonly TemplatePart[]): readonly Fill[] => parts.flatMap((part) => (typeof part === "string" ? [] : part.fill));
