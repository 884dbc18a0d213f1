import type { Header } from "../../model/connection.ts";
import type { HeldBytes } from "./held-bytes.ts";

/** What begins an HTTP/1.1 request or response (RFC 9112). */
export interface HttpHead {
  readonly startLine: string;
  readonly headers: readonly Header[];
}

/** Of a head. */
const LONGEST = 1 << 16;
const END = "\r\n\r\n";

/** Gathers the head that begins with certain letters out of bytes as they come; all else is passed over. */
export class HeadSearch {
  readonly #beginning: string;
  readonly #held: HeldBytes;
  #gathered = "";
  /** Whether what comes may be in the middle of a message. */
  #isAtStart = true;

  constructor(beginning: string, held: HeldBytes) {
    this.#beginning = beginning;
    this.#held = held;
  }

  /** Nothing more comes. */
  end(): void {
    this.#gather("");
  }

  /** The head once it is whole, and the bytes behind it. A head begins with a segment. */
  push(bytes: Uint8Array): { readonly head: HttpHead; readonly rest: Uint8Array } | undefined {
    const before = this.#gathered.length;
    const text = this.#gathered + LATIN.decode(bytes.subarray(0, LONGEST));
    const isOne = text.startsWith(this.#beginning) || (this.#isAtStart && this.#beginning.startsWith(text));
    this.#isAtStart = false;
    const end = isOne ? text.indexOf(END) : -1;
    if (end < 0) {
      this.#gather(isOne && text.length < LONGEST ? text : "");
      this.#isAtStart = isOne && text.length < this.#beginning.length;
      return undefined;
    }
    this.#gather("");
    return { head: parseHead(asUtf8(text.slice(0, end))), rest: bytes.subarray(end + END.length - before) };
  }

  #gather(text: string): void {
    this.#held.add(text.length - this.#gathered.length);
    this.#gathered = text;
    // A head that finds no room is none.
    if (text !== "" && this.#held.isFull) this.#gather("");
  }
}

export function parseHead(text: string): HttpHead {
  const [startLine = "", ...lines] = text.split("\r\n");
  const headers = lines.flatMap((line) => {
    const colon = line.indexOf(":");
    return colon <= 0 ? [] : [{ name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() }];
  });
  return { startLine, headers };
}

/** Of what is not ASCII nobody says how it is written (RFC 9110 §5.5): UTF-8 where it can be, else Latin-1. */
function asUtf8(latin: string): string {
  const bytes = Uint8Array.from(latin, (letter) => OTHERS.get(letter) ?? letter.charCodeAt(0));
  try {
    return UTF8.decode(bytes);
  } catch {
    return latin;
  }
}

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const LATIN = new TextDecoder("latin1");
/** Bytes that the decoder of this name, which is Windows', does not leave as they are. */
const OTHERS: ReadonlyMap<string, number> = new Map(Array.from({ length: 32 }, (_, i) => [LATIN.decode(Uint8Array.of(128 + i)), 128 + i]));
