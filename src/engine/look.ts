import { HEAD_LINES, type FoundInTree, type FoundText, type JsonForm, type LaidText, type LayerDetails, type ShownValue, type TextForm, type TextLine, type TextSpot, type TextStep, type TreeLine } from "../contract/inspect.ts";
import type { Range } from "../contract/range.ts";
import type { Decoded, DecodeProblem } from "../decode/decoder.ts";
import { isMessageLike } from "../decode/json/describe-json.ts";
import { readJson } from "../decode/json/read-json.ts";
import { toPrettyJson } from "../decode/pretty-json.ts";
import { OPCODE_TEXT } from "../model/frame.ts";
import { say, type Said } from "../model/said.ts";
import type { ValueDocument } from "../model/value-document.ts";
import { JsonTree } from "./json-tree.ts";
import type { Again } from "./again.ts";
import { payloadAsText } from "./payload-text.ts";
import { TextLines } from "./text-lines.ts";

/** A frame that is to be laid open, by one of its messages where it holds several. Plain data. */
export interface LookedFrame {
  /** What is shown as its payload, and how it is read (RFC 6455 §5.2). */
  readonly payload: Uint8Array<ArrayBuffer>;
  readonly opcode: number;
  /** Its place in the frame, where that holds several; else 0. */
  readonly message: number;
  /** Its payload is read as a value; else it is a text, or bytes. */
  readonly hasValue: boolean;
  /** How it was decoded; undefined where no decoder took it. */
  readonly own: Again | undefined;
  /** The message that it is a part of, where that ends in another frame. */
  readonly whole: Again | undefined;
  /** It is the frame laid open before, decoded otherwise: what was unfolded stays so. */
  readonly isSame: boolean;
}

/** What is found in a frame. */
export interface LookFacts {
  readonly layers: readonly LayerDetails[];
  /** Lines of the tree of its value as now unfolded; null where it has none. */
  readonly treeLines: number | null;
  /** The first of them. */
  readonly treeHead: readonly TreeLine[];
  /** Lines of its text, 0 where it is long and shown as a value first; null for binary that is no UTF-8. */
  readonly textLines: number | null;
  readonly problem: Said | null;
}

/** What may be asked of a frame that is laid open. `columns`: characters that a line of raw text may hold. See `InspectCalls`. */
export interface LookCalls {
  facts(columns: number): LookFacts;
  treeLines(from: number, to: number): readonly TreeLine[];
  /** Answers the new number of lines. */
  toggleTree(line: number, all: boolean, opens?: boolean): number;
  findInTree(text: string, after: number | null, backwards: boolean): FoundInTree | null;
  lineBytes(line: number): Range | null;
  lineAt(at: number): ShownValue | null;
  treeJson(line: number, form: JsonForm): string;
  isSentJson(line: number): boolean;
  /** Lines of its text; null where it has none in that form. */
  layText(form: TextForm): LaidText | null;
  textLines(form: TextForm, from: number, to: number): readonly TextLine[];
  /** Answers the new number of lines. */
  foldText(form: TextForm, line: number, all: boolean): number;
  findText(form: TextForm, text: string, after: number | null, backwards: boolean): FoundText | null;
  textStep(form: TextForm, at: number, step: TextStep): TextSpot | null;
  textBetween(form: TextForm, from: number, to: number): string;
}

/** What is remembered of a tree: whether lines that far down were unfolded, and so many of them at most. */
const MOST_LINES = 500;
const MOST_FOLDS = 100;

/** One frame laid open for the inspector: its text and tree are kept while it is looked at. */
export class Look implements LookCalls {
  readonly #payload: Uint8Array<ArrayBuffer>;
  /** Places of the layers are those of its payload: it is one frame. */
  readonly #isAlone: boolean;
  readonly #opcode: number;
  /** Null until somebody asks for it: of a long one it takes a good part of the time to read the value. */
  #readText: string | undefined | null = null;
  readonly #tree: JsonTree | undefined;
  /** What its decoder made of it; undefined where none took it. */
  readonly #decoded: Decoded | undefined;
  readonly #value: ValueDocument | undefined;
  #problem: Said | undefined;
  #pretty: string | undefined;
  /** Its texts as they were laid out lately, by form and width. */
  readonly #lines = new Map<string, TextLines>();
  /** Which lines of each form are folded, by their numbers. */
  readonly #folded: Readonly<Record<TextForm["form"], Set<number>>>;

  /** Cost: a decoding of the payload, and a pass over it where it looks like JSON. `before`: what was laid open before. */
  constructor(frame: LookedFrame, decode: (again: Again) => Decoded | undefined, before: Look | undefined) {
    const decoded = frame.own && decode(frame.own);
    this.#payload = frame.payload;
    this.#folded = frame.isSame && before !== undefined ? before.#folded : { sent: new Set(), pretty: new Set() };
    this.#isAlone = (frame.own?.frames.length ?? 1) === 1;
    this.#decoded = decoded?.messages[frame.message]?.decoded ?? decoded;
    this.#opcode = frame.opcode;
    const value = frame.hasValue ? this.#readValue(frame.payload, frame.whole && decode(frame.whole)) : undefined;
    this.#value = value;
    if (value !== undefined) this.#tree = new JsonTree(value);
    if (frame.isSame && before !== undefined) carryFolds(before, this);
  }

  /** What the tree shows: what its decoder made of the payload, else the payload itself as far as it is JSON. */
  #readValue(payload: Uint8Array, whole: Decoded | undefined): ValueDocument | undefined {
    if (this.#decoded !== undefined) {
      const { problem, value } = this.#decoded;
      if (problem !== undefined) this.#problem = atByte(problem);
      return whole?.value ?? value;
    }
    if (this.#text === undefined || !LOOKS_LIKE_JSON.test(this.#text)) return undefined;
    const { document, problem } = readJson(payload);
    if (problem === undefined || document === undefined) return document;
    this.#problem = say("decode.not-quite-json", { problem: atByte(problem) });
    // A line of a log may begin like an array.
    return isMessageLike(document) ? document : undefined;
  }

  facts(columns: number): LookFacts {
    return {
      layers: this.#layers(),
      treeLines: this.#tree?.length ?? null,
      treeHead: this.treeLines(0, HEAD_LINES),
      textLines: this.#isShownAsValue ? 0 : (this.#layOut({ form: "sent", columns })?.length ?? null),
      problem: this.#problem ?? null,
    };
  }

  treeLines(from: number, to: number): TreeLine[] {
    return this.#tree?.lines(from, to) ?? [];
  }

  toggleTree(line: number, all: boolean, opens?: boolean): number {
    return this.#tree?.toggle(line, all, opens) ?? 0;
  }

  findInTree(text: string, after: number | null, backwards: boolean): FoundInTree | null {
    return text === "" ? null : (this.#tree?.find(text, after, backwards) ?? null);
  }

  lineBytes(line: number): Range | null {
    const memory = this.#tree?.memoryOf(line);
    if (memory?.buffer !== this.#payload.buffer) return null;
    const from = memory.byteOffset - this.#payload.byteOffset;
    return { from, to: from + memory.length };
  }

  lineAt(at: number): ShownValue | null {
    return this.#tree?.reveal(this.#payload.buffer, this.#payload.byteOffset + at) ?? null;
  }

  treeJson(line: number, form: JsonForm): string {
    return this.#tree?.json(line, form) ?? "";
  }

  isSentJson(line: number): boolean {
    return this.#tree?.isSentJson(line) ?? false;
  }

  layText(form: TextForm): LaidText | null {
    const lines = this.#layOut(form);
    return lines === undefined ? null : { lines: lines.length, longest: lines.longest };
  }

  textLines(form: TextForm, from: number, to: number): TextLine[] {
    return this.#layOut(form)?.lines(from, to) ?? [];
  }

  foldText(form: TextForm, line: number, all: boolean): number {
    this.#forgetOthers(form);
    return this.#layOut(form)?.fold(line, all) ?? 0;
  }

  findText(form: TextForm, text: string, after: number | null, backwards: boolean): FoundText | null {
    this.#forgetOthers(form);
    return this.#layOut(form)?.find(text, after, backwards) ?? null;
  }

  textStep(form: TextForm, at: number, step: TextStep): TextSpot | null {
    return this.#layOut(form)?.step(at, step) ?? null;
  }

  textBetween(form: TextForm, from: number, to: number): string {
    return this.#layOut(form)?.between(from, to) ?? "";
  }

  get #text(): string | undefined {
    if (this.#readText === null) this.#readText = payloadAsText(this.#payload, this.#opcode);
    return this.#readText;
  }

  /** A long text is read and laid out once somebody asks for that. */
  get #isShownAsValue(): boolean {
    if (this.#tree === undefined || this.#payload.length <= LONG_TEXT) return false;
    return this.#opcode === OPCODE_TEXT || this.#text !== undefined;
  }

  #layers(): LayerDetails[] {
    if (this.#decoded === undefined) return this.#tree === undefined ? [] : [{ name: "JSON", what: "", problem: this.#problem ?? null, bytes: null }];
    const { length } = this.#payload;
    return this.#decoded.layers.map(({ name, what, from, to, problem }) => ({
      name,
      what,
      problem: problem === undefined ? null : atByte(problem),
      bytes: this.#isAlone && from < to && to <= length ? { from, to } : null,
    }));
  }

  #layOut({ form, columns }: TextForm): TextLines | undefined {
    const key = keyOf(form, columns);
    const before = this.#lines.get(key);
    if (before !== undefined) return before;
    const text = form === "sent" ? this.#text : (this.#pretty ??= this.#value === undefined ? undefined : toPrettyJson(this.#value));
    if (text === undefined) return undefined;
    if (this.#lines.size >= MOST_LAID_OUT) this.#lines.clear();
    const lines = new TextLines(text, columns, this.#folded[form]);
    this.#lines.set(key, lines);
    return lines;
  }

  /** What is folded in one layout of a form is folded in all: the others are made anew. */
  #forgetOthers({ form, columns }: TextForm): void {
    for (const key of this.#lines.keys()) if (key.startsWith(form) && key !== keyOf(form, columns)) this.#lines.delete(key);
  }
}

const keyOf = (form: TextForm["form"], columns: number): string => `${form} ${columns}`;

const LONG_TEXT = 1 << 20;

/** Both forms at two widths. */
const MOST_LAID_OUT = 4;

const atByte = ({ said, offset }: DecodeProblem): Said => say("decode.at-byte", { problem: said, offset });

/** A scalar alone is JSON too, but is read better as the text that it is. */
const LOOKS_LIKE_JSON = /^\s*[[{]/;

/** Folds and unfolds what both trees have as it was before. */
function carryFolds(before: Look, after: Look): void {
  const open = new Map<string, boolean>();
  for (const { path, line } of foldersOf(before)) open.set(path, line.expanded);
  // From above: what is unfolded here may hold what is folded below.
  for (let count = 0, at = 0; count < MOST_FOLDS; count++) {
    const next = foldersOf(after, at).find(({ path, line }) => open.has(path) && open.get(path) !== line.expanded);
    if (next === undefined) return;
    after.toggleTree(next.at, false);
    at = next.at + 1;
  }
}

interface Folder {
  readonly at: number;
  readonly line: TreeLine;
  /** The keys from the root to here. */
  readonly path: string;
}

/** The lines that can be folded, from line `first` on. */
function foldersOf(look: Look, first = 0): Folder[] {
  const keys: string[] = [];
  return look.treeLines(0, MOST_LINES).flatMap((line, at) => {
    keys.length = line.depth;
    keys.push(line.key ?? "");
    return line.children > 0 && at >= first ? [{ at, line, path: JSON.stringify(keys) }] : [];
  });
}
