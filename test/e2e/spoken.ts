import { FluentParser, type Pattern, type PatternElement } from "@fluent/syntax";
import type { Frame } from "puppeteer-core";
import { DECODERS } from "../../src/decode/registry.ts";
import { EXPORT_FORMATS } from "../../src/format/registry.ts";
import { SNIPPET_TARGETS } from "../../src/format/snippets/registry.ts";
import { LANGUAGES, type LanguageId } from "../../src/words/languages.ts";

/** A text as a page shows it: with what is around it, where a sentence is drawn in parts. */
interface ShownText {
  readonly where: string;
  /** The text itself, then that of what holds it, outwards. */
  readonly texts: readonly string[];
}

/** What is in no language: the page's own, the user's own, and what protocols and standards call a thing. */
const DATA = [
  ".cell-message", ".cell-connection", ".frame-label:not(:empty)", ".json-tree", ".text-line", ".hex-line", ".headers-list", ".headers-raw", ".handshake-url", ".handshake-findings b",
  ".connections-path", ".tabs-title", ".tabs-host", ".captures-page", ".chip-name", ".correction", "code", ".cm-content", ".cm-completionLabel", ".inspector-head h2", ".inspector-user-note", "textarea", "select", ".layers",
  ".compare-line :is(.json-key, [class^=json-], .compare-text, .compare-offset)", ".connection-type", ".connection-preview", ".compare-values", ".compare-facts td", ".compare-messages b", ".hex-readings :is(th, td)", ".media figcaption", ".cell-path", ".compare-side", ".send-transcript-text", ".secrets-columns .secrets-name", ".import-list strong", "kbd",
].join(",");

/** Of the demo, and of standards: in no language. Each is a whole text, or a whole part of one. */
const NAMES = [
  // Formats and protocols are called alike everywhere; so are the fields of a filter. A name with a dot is taken apart as sentences are.
  namesOf([...EXPORT_FORMATS, ...DECODERS, ...SNIPPET_TARGETS].flatMap(({ name }) => (typeof name === "string" ? name : []))), /^(Socket\.|IO)$/, /^"?-?[a-z]+:"?$/,
  /^(wss?|https?|chrome-extension):\/\/\S+$/, /^\/\S*$/, /^(127\.0\.0\.1|localhost)(:\d+)?(\/\S*)?$/, /^\d{3} [A-Z][a-z]+( [A-Z][a-z]+)*$/,
  /^(graphql-transport-ws|v1\.relay|chat\.v1|msgpack|Loopback Exchange|book-worker\.mjs|desk_session)$/, /^(Framescope|HAR|NDJSON|CSV|Parquet|Markdown|pcapng|MiB|English|简体中文)$/,
  // A status and Chrome's own words.
  /^\d{3} [A-Z][a-z]+( [A-Z][a-z]+)* ?[(（]“Error during WebSocket handshake: [^”]+”[)）]$/,
  /^-?(conn|near|type):\S+$/, /^(Alt|Ctrl|Shift)\+\S+$/,
];

function namesOf(names: readonly string[]): RegExp {
  return new RegExp(`^(?:${names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join("|")})$`);
}

/** No sentence is longer, and to look for one in a list of hundreds of rows takes minutes. */
const LONGEST = 600;

/** Reads everything on view. */
export async function shownTexts(frame: Frame): Promise<readonly ShownText[]> {
  return await frame.evaluate((data, longest) => {
    const found: { where: string; texts: string[] }[] = [];
    const nameOf = (element: Element): string => `<${element.tagName.toLowerCase()} class="${element.getAttribute("class") ?? ""}">`;
    for (const element of document.body.querySelectorAll("*")) {
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      const isData = element.closest(data) !== null;
      for (const name of ["aria-label", "title", "placeholder"]) {
        const text = element.getAttribute(name);
        if (text !== null && text !== "" && !isData) found.push({ where: `${name} of ${nameOf(element)}`, texts: [text] });
      }
      for (const node of element.childNodes) {
        if (node.nodeType !== Node.TEXT_NODE || isData || (node.textContent ?? "").trim() === "") continue;
        const around = [element, element.parentElement, element.parentElement?.parentElement].map((one) => one?.textContent ?? "").filter((text) => text.length <= longest);
        found.push({ where: nameOf(element), texts: [node.textContent ?? "", ...around] });
      }
    }
    return found;
  }, DATA, LONGEST);
}

/** What takes a press and shows other words than it is called: whoever says what stands on it does not meet it (WCAG 2.5.3). */
export async function misnamed(frame: Frame): Promise<readonly string[]> {
  return await frame.evaluate(() => {
    // Signs and spaces nobody says.
    const heard = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
    const shownIn = (node: Node): string => {
      if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? "";
      if (!(node instanceof HTMLElement) || node.ariaHidden === "true" || !node.checkVisibility({ visibilityProperty: true })) return "";
      return [...node.childNodes].map(shownIn).join("");
    };
    const describes = (part: Node, one: Element): boolean => part instanceof Element && part.id !== "" && one.getAttribute("aria-describedby")?.split(" ").includes(part.id) === true;
    const named = [...document.body.querySelectorAll<HTMLElement>(":is(button, a, summary, [role=button], [role=tab], [role=menuitem], [role=menuitemcheckbox], [role=menuitemradio], [role=switch], [role=columnheader])[aria-label]")];
    const fields = [...document.body.querySelectorAll<HTMLInputElement>(":is(input, select, textarea)[aria-label]")];
    const shown = [...named.map((one) => [one, shownIn(one)] as const), ...fields.flatMap((one) => [...(one.labels ?? [])].map((label) => [one, [...label.childNodes].filter((part) => !part.contains(one) && !describes(part, one)).map(shownIn).join("")] as const))];
    return shown.flatMap(([{ ariaLabel }, text]) => (heard(ariaLabel ?? "").includes(heard(text)) ? [] : [`“${text}” is called “${ariaLabel ?? ""}”`]));
  });
}

/** Whether a text is made of a language's words, figures and data alone. */
export async function hearing(id: LanguageId): Promise<(shown: ShownText) => boolean> {
  const { catalogue } = await LANGUAGES[id].load();
  const sources = Object.values(catalogue).flatMap((text) => sourcesOf(text));
  const sentences = sources.map((source) => new RegExp(`^(?:${source})$`, "su"));
  const isKnown = (trimmed: string): boolean =>
    !/\p{L}/u.test(trimmed) || isFigure(trimmed) || NAMES.some((pattern) => pattern.test(trimmed)) || sentences.some((pattern) => pattern.test(trimmed));
  // Most of what a screen shows stood on the one before, and each text is held against some thousand sentences.
  const heard = new Map<string, boolean>();
  const isPart = (text: string): boolean => {
    const trimmed = text.trim();
    const known = heard.get(trimmed) ?? isKnown(trimmed);
    heard.set(trimmed, known);
    return known;
  };
  const isSpoken = (text: string): boolean => isPart(text) || piecesOf(text).every(isPart);
  return ({ texts }) => texts.some(isSpoken);
}

/** A line, what stands between dots, a sentence: each may be a text of its own. */
const piecesOf = (text: string): readonly string[] => text.split(/\n| · | › |(?<=[.。])\s*(?=[\p{Lu}\p{Script=Han}“"])/u);

const isFigure = (text: string): boolean => /^[#→↑↓+−-]? ?[\d.,: ]+ ?(B|[kMGT]B|k|M|G|ms|s|min|h|秒|分钟|小时)?(\/s|\/秒)?( \d+)?$/.test(text) || /^\d{1,2} \p{L}{3,4} \d{4},?$/u.test(text) || /^\d{4}年\d{1,2}月\d{1,2}日$/.test(text) || /^(\d{1,2} \p{L}{3,4} \d{4}|\d{4}年\d{1,2}月\d{1,2}日) [\d:.]+$/u.test(text);

/** A pattern's texts as expressions, one for each whole and each sentence that it holds; none where it is places alone. */
function sourcesOf(text: string): readonly string[] {
  const [entry] = new FluentParser({ withSpans: false }).parse(`said = ${text}\n`).body;
  if (entry?.type !== "Message" || entry.value === null) throw new Error(`No pattern: ${text}`);
  return variantsOf(entry.value).flatMap((variant) => [variant, ...variant.split(/(?<=\\\.|。)\s*/u)].filter((source) => /[\p{L}]{2}|\p{Script=Han}/u.test(source.replaceAll(PLACE, ""))));
}

// In brackets: behind a backslash of the text, its dot would be the end of a sentence.
const PLACE = "(?:.+?)";

function variantsOf({ elements }: Pattern): readonly string[] {
  return elements.reduce<readonly string[]>((before, element) => before.flatMap((head) => partsOf(element).map((part) => head + part)), [""]);
}

function partsOf(element: PatternElement): readonly string[] {
  if (element.type === "TextElement") return [element.value.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)];
  const { expression } = element;
  return expression.type === "SelectExpression" ? expression.variants.flatMap(({ value }) => variantsOf(value)) : [PLACE];
}
