/** Kinds of a node, as they stand in `JsonDocument.kinds`. */
export const JSON_KINDS = ["object", "array", "string", "number", "boolean", "null"] as const;

/** Why a text is no JSON: `offset` in UTF-16 units. */
export interface JsonProblem {
  readonly message: string;
  readonly offset: number;
}

/**
 * A JSON text and where its values stand in it, as flat columns in document order: node `i`'s subtree is nodes
 * `i` up to `ends[i]`. Nothing is turned into JavaScript values, so numbers keep every digit, keys their order, and
 * duplicate keys all their values; 20 bytes a node whatever the value holds.
 */
export interface JsonDocument {
  readonly source: string;
  readonly count: number;
  readonly kinds: Uint8Array;
  /** A value's first character in the source, and the one after its last. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** The first character (a quote) of the key; `NO_KEY` for the root and for entries of an array. */
  readonly keys: Uint32Array;
  /** The node after the subtree. */
  readonly ends: Uint32Array;
  /** Entries of a container, 0 for a scalar. */
  readonly children: Uint32Array;
}

export const NO_KEY = 0xffffffff;

const QUOTE = 34;
const BACKSLASH = 92;

/**
 * Reads a JSON text (RFC 8259), with a stack of its own, so that depth is bounded by memory only. Accepts exactly what
 * `JSON.parse` accepts. Cost: one pass over the characters.
 */
export function readJson(source: string): { readonly document: JsonDocument } | { readonly problem: JsonProblem } {
  const nodes = new NodeColumns();
  /** Open containers, and whether the next thing inside is a comma or the end. */
  const stack: number[] = [];
  let at = 0;
  let problem: JsonProblem | undefined;

  const fail = (message: string, offset = at): undefined => {
    problem ??= { message, offset };
    return undefined;
  };
  const skipSpace = (): void => {
    for (;;) {
      const code = source.charCodeAt(at);
      if (code === 32 || code === 10 || code === 13 || code === 9) at++;
      else return;
    }
  };
  /** Passes a string whose opening quote stands at `at`. */
  const passString = (): boolean => {
    const open = at++;
    for (;;) {
      const code = source.charCodeAt(at);
      if (code === QUOTE) {
        at++;
        return true;
      }
      if (code === BACKSLASH) {
        ESCAPE.lastIndex = at;
        if (!ESCAPE.test(source)) {
          fail("This escape is none that JSON knows");
          return false;
        }
        at = ESCAPE.lastIndex;
      } else if (code >= 32) {
        at++;
      } else {
        // NaN at the end of the text, or a control character.
        fail(Number.isNaN(code) ? "This string has no end" : "A control character must be escaped in a string", Number.isNaN(code) ? open : at);
        return false;
      }
    }
  };
  const passPattern = (pattern: RegExp, what: string): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(source)) {
      fail(what);
      return false;
    }
    at = pattern.lastIndex;
    return true;
  };

  /** Reads one value; answers false when there is no going on. */
  const readValue = (key: number): boolean => {
    skipSpace();
    const start = at;
    const character = source[at];
    switch (character) {
      case "{":
      case "[":
        at++;
        stack.push(nodes.add(character === "{" ? 0 : 1, start, start, key));
        return true;
      case '"':
        if (!passString()) return false;
        nodes.add(2, start, at, key);
        return true;
      case "t":
        if (!passPattern(TRUE, EXPECTED_VALUE)) return false;
        nodes.add(4, start, at, key);
        return true;
      case "f":
        if (!passPattern(FALSE, EXPECTED_VALUE)) return false;
        nodes.add(4, start, at, key);
        return true;
      case "n":
        if (!passPattern(NULL, EXPECTED_VALUE)) return false;
        nodes.add(5, start, at, key);
        return true;
      default:
        if (!passPattern(NUMBER, EXPECTED_VALUE)) return false;
        nodes.add(3, start, at, key);
        return true;
    }
  };

  /** Reads `"key": value` or `value` of the innermost container. */
  const readEntry = (container: number): boolean => {
    let key = NO_KEY;
    if (nodes.kindAt(container) === 0) {
      skipSpace();
      if (source.charCodeAt(at) !== QUOTE) {
        fail("Expected a key in double quotes");
        return false;
      }
      key = at;
      if (!passString()) return false;
      skipSpace();
      if (source[at] !== ":") {
        fail("Expected a colon after the key");
        return false;
      }
      at++;
    }
    nodes.countChild(container);
    return readValue(key);
  };

  let going = readValue(NO_KEY);
  /** A container that was just opened may end at once; after an entry, a comma or the end follows. */
  let opened = stack.length > 0;
  while (going && stack.length > 0) {
    const container = stack.at(-1) as number;
    const close = nodes.kindAt(container) === 0 ? "}" : "]";
    skipSpace();
    if (source[at] === close) {
      at++;
      nodes.end(container, at);
      stack.pop();
      opened = false;
      continue;
    }
    if (!opened) {
      if (source[at] !== ",") {
        fail(at >= source.length ? `The text ends before a “${close}”` : `Expected a comma or “${close}”`);
        break;
      }
      at++;
    }
    const depth = stack.length;
    going = readEntry(container);
    opened = stack.length > depth;
  }
  skipSpace();
  if (problem === undefined && at < source.length) fail("Expected nothing more after the value");
  return problem === undefined ? { document: nodes.finish(source) } : { problem };
}

const EXPECTED_VALUE = "Expected a value";
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const TRUE = /true/y;
const FALSE = /false/y;
const NULL = /null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/y;

/** The columns while they grow. */
class NodeColumns {
  #count = 0;
  #kinds = new Uint8Array(64);
  #from = new Uint32Array(64);
  #to = new Uint32Array(64);
  #keys = new Uint32Array(64);
  #ends = new Uint32Array(64);
  #children = new Uint32Array(64);

  add(kind: number, from: number, to: number, key: number): number {
    const node = this.#count;
    if (node === this.#kinds.length) this.#grow();
    this.#kinds[node] = kind;
    this.#from[node] = from;
    this.#to[node] = to;
    this.#keys[node] = key;
    this.#ends[node] = node + 1;
    this.#count++;
    return node;
  }

  kindAt(node: number): number {
    return this.#kinds[node] as number;
  }

  countChild(node: number): void {
    this.#children[node] = (this.#children[node] as number) + 1;
  }

  end(node: number, to: number): void {
    this.#to[node] = to;
    this.#ends[node] = this.#count;
  }

  finish(source: string): JsonDocument {
    const count = this.#count;
    return {
      source,
      count,
      kinds: this.#kinds.subarray(0, count),
      from: this.#from.subarray(0, count),
      to: this.#to.subarray(0, count),
      keys: this.#keys.subarray(0, count),
      ends: this.#ends.subarray(0, count),
      children: this.#children.subarray(0, count),
    };
  }

  #grow(): void {
    const length = this.#kinds.length * 2;
    const kinds = new Uint8Array(length);
    kinds.set(this.#kinds);
    this.#kinds = kinds;
    this.#from = grown(this.#from, length);
    this.#to = grown(this.#to, length);
    this.#keys = grown(this.#keys, length);
    this.#ends = grown(this.#ends, length);
    this.#children = grown(this.#children, length);
  }
}

function grown(column: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const longer = new Uint32Array(length);
  longer.set(column);
  return longer;
}

/** The key of a node as text; undefined for the root and for entries of an array. */
export function keyText(document: JsonDocument, node: number): string | undefined {
  const from = document.keys[node] as number;
  if (from === NO_KEY) return undefined;
  // The key was passed once by the reader, so its end is the next quote that no backslash escapes.
  STRING.lastIndex = from;
  return JSON.parse((STRING.exec(document.source) as RegExpExecArray)[0]) as string;
}

const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/y;
