import { printable, quote } from "./handshake/finding.ts";
import { say, type Said } from "./said.ts";

/** One extension of a Sec-WebSocket-Extensions header, offered or accepted (RFC 6455 §9.1). */
export interface Extension {
  readonly name: string;
  readonly parameters: readonly ExtensionParameter[];
}

interface ExtensionParameter {
  readonly name: string;
  /** Null where the parameter has no value. */
  readonly value: string | null;
}

/** What was read. Where the text breaks the grammar, `problem` says how and at which character; what came before stays. */
export interface ExtensionList {
  readonly extensions: readonly Extension[];
  readonly problem: Said | null;
}

const LONGEST = 16_384;
const MOST_EXTENSIONS = 32;
const MOST_PARAMETERS = 32;

/** Reads the header values of one side, in time linear in their length. Takes any text. */
export function parseExtensions(values: readonly string[]): ExtensionList {
  const extensions: Extension[] = [];
  for (const value of values) {
    const problem = parseValue(value, extensions);
    if (problem !== null) return { extensions, problem };
  }
  return { extensions, problem: null };
}

/** As it stands in a header. */
export function formatExtension(extension: Extension): string {
  return [extension.name, ...extension.parameters.map(({ name, value }) => (value === null ? name : `${name}=${value}`))].join("; ");
}

function parseValue(text: string, extensions: Extension[]): Said | null {
  if (text.length > LONGEST) return say("handshake.header-too-long", { most: LONGEST });
  const reader = new Reader(text);
  while (!reader.atEnd) {
    // RFC 9110 §5.6.1 lets a recipient pass over empty elements.
    if (reader.take(",")) continue;
    const name = reader.token();
    if (name === "") return reader.expected("name");
    const parameters: ExtensionParameter[] = [];
    while (reader.take(";")) {
      const parameter = reader.token();
      if (parameter === "") return reader.expected("parameter");
      let value: string | null = null;
      if (reader.take("=")) {
        value = reader.tokenOrQuoted();
        if (value === "") return reader.expected("value");
      }
      if (parameters.length === MOST_PARAMETERS) return say("handshake.header-parameters", { name: printable(name.slice(0, 40)), most: MOST_PARAMETERS });
      parameters.push({ name: parameter, value });
    }
    if (extensions.length === MOST_EXTENSIONS) return say("handshake.header-extensions", { most: MOST_EXTENSIONS });
    extensions.push({ name, parameters });
    if (!reader.atEnd && !reader.take(",")) return reader.expected("separator");
  }
  return null;
}

const TOKEN = /[!#$%&'*+\-.^_`|~0-9A-Za-z]+/y;
const SPACE = /[\t ]*/y;
/** The value of a quoted string must, unescaped, be a token again (RFC 6455 §9.1). */
const QUOTED = /"((?:\\?[!#$%&'*+\-.^_`|~0-9A-Za-z])+)"/y;

/** A place in a header value; every step also passes over the space behind it. */
class Reader {
  #at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    this.#match(SPACE);
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    this.#match(SPACE);
    return true;
  }

  /** Empty where none stands here. */
  token(): string {
    const token = this.#match(TOKEN)?.[0] ?? "";
    this.#match(SPACE);
    return token;
  }

  tokenOrQuoted(): string {
    const quoted = this.#match(QUOTED)?.[1];
    if (quoted === undefined) return this.token();
    this.#match(SPACE);
    return quoted.replaceAll("\\", "");
  }

  expected(what: "name" | "parameter" | "value" | "separator"): Said {
    const found = this.atEnd ? say("handshake.header-end") : quote(this.#text.slice(this.#at, this.#at + 10));
    return say("handshake.header-expected", { what, at: this.#at + 1, found });
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match !== null) this.#at = pattern.lastIndex;
    return match;
  }
}
