import { say } from "../../model/said.ts";
import type { ValueDocument } from "../../model/value-document.ts";
import type { DecodeProblem } from "../decoder.ts";
import { byteOffset, decodeUtf8 } from "../utf8-text.ts";
import { MOST_DEPTH, ValueBuilder } from "../value-builder.ts";

export interface XmlRead {
  /** `{"order":{"@id":"7","item":"tea","item":"milk"}}`: attributes, elements and texts in their order. Made when it is asked for. */
  readonly document: ValueDocument | undefined;
  /** The name of the outermost element. */
  readonly root: string;
  /** A declaration, a namespace, or an element within the outermost one: more than a text that has angle brackets in it. */
  readonly isTelling: boolean;
  readonly problem: DecodeProblem | undefined;
}

interface Element {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly children: (Element | string)[];
}

const START = /<([\p{L}_:][\p{L}\p{N}_:.-]*)((?:\s+[\p{L}_:][\p{L}\p{N}_:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/uy;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const END = /<\/([^\s>]+)\s*>/y;
/** What is passed over: instructions, comments, and a DOCTYPE with what it declares, none of which is expanded. */
const ASIDE = /<\?[^]*?\?>|<!--[^]*?-->|<!DOCTYPE(?:[^[>]|\[[^\]]*\])*>/y;
const CDATA = /<!\[CDATA\[([^]*?)\]\]>/y;
const TEXT = /[^<]+/y;

/**
 * Reads XML 1.0 that is well-formed as far as its elements go. Of references only the five that XML itself has, and numbers, are
 * read: what a document declares is never expanded, so nothing grows. Never throws. Cost: a pass over the text.
 */
export function readXml(bytes: Uint8Array): XmlRead {
  const text = decodeUtf8(bytes);
  const open: Element[] = [];
  let root: Element | undefined;
  let at = text.startsWith("\ufeff") ? 1 : 0;
  let isTelling = /^\s*<\?xml\s/.test(text.slice(at, at + 32));
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) at = pattern.lastIndex;
    return found;
  };
  let isBroken = false;
  while (at < text.length && !isBroken) {
    const inner = open.at(-1);
    const plain = match(TEXT)?.[0];
    if (plain !== undefined) {
      if (inner !== undefined) inner.children.push(unescape(plain));
      else if (plain.trim() !== "") {
        at -= plain.length;
        isBroken = true;
      }
      continue;
    }
    if (match(ASIDE) !== null) continue;
    const data = match(CDATA);
    const start = data === null ? match(START) : null;
    const end = data === null && start === null ? match(END) : null;
    if (data !== null && inner !== undefined) inner.children.push(data[1] ?? "");
    else if (start !== null && (inner !== undefined || root === undefined) && open.length < MOST_DEPTH) {
      const [, name = "", attributes = "", isEmpty] = start;
      const element: Element = { name, attributes: [...attributes.matchAll(ATTRIBUTE)].map(([, key = "", double, single]) => [key, unescape(double ?? single ?? "")] as const), children: [] };
      isTelling ||= inner !== undefined || element.attributes.some(([key]) => key === "xmlns" || key.startsWith("xmlns:"));
      inner?.children.push(element);
      root ??= element;
      if (isEmpty === "") open.push(element);
    } else if (end !== null && inner?.name === end[1]) open.pop();
    else {
      at -= (data ?? start ?? end)?.[0].length ?? 0;
      isBroken = true;
    }
  }
  const isWhole = !isBroken && root !== undefined && open.length === 0;
  const said = isBroken ? say("decode.records-none", { format: "XML" }) : say("decode.msgpack-ends");
  const outermost = root;
  return { get document() { return outermost && documentOf(outermost, bytes); }, root: root?.name ?? "", isTelling, problem: isWhole ? undefined : { said, offset: byteOffset(bytes, text, at) } };
}

const REFERENCE = /&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([\da-fA-F]{1,6}));/g;
const NAMED: Readonly<Partial<Record<string, string>>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
const LAST_CHARACTER = 0x10ffff;

const unescape = (text: string): string =>
  text.replaceAll(REFERENCE, (whole, name: string | undefined, decimal: string | undefined, hex: string | undefined) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
    return code <= LAST_CHARACTER ? String.fromCodePoint(code) : whole;
  });

function documentOf(root: Element, bytes: Uint8Array): ValueDocument | undefined {
  const builder = new ValueBuilder(bytes);
  builder.openObject();
  addElement(builder, root);
  builder.close();
  return builder.document();
}

/** An element of text alone is that text. */
function addElement(builder: ValueBuilder, { name, attributes, children }: Element): void {
  builder.key(name);
  if (attributes.length === 0 && children.every((child) => typeof child === "string")) {
    builder.text(children.join(""));
    return;
  }
  builder.openObject();
  for (const [key, value] of attributes) {
    builder.key(`@${key}`);
    builder.text(value);
  }
  for (const child of children) {
    if (typeof child !== "string") addElement(builder, child);
    else if (child.trim() !== "") {
      builder.key("#text");
      builder.text(child);
    }
  }
  builder.close();
}
