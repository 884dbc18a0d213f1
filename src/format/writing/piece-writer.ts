/** The most bytes in one piece of an export. */
export const PIECE_LENGTH = 262_144;

/**
 * Gathers small writes into pieces. Nothing here yields: who writes asks for `room` first and hands out a full piece
 * with `take`, so that a row of a log costs no generator of its own.
 */
export class PieceWriter {
  /** The piece being filled; whoever writes into it moves `length`. */
  readonly bytes = new Uint8Array(PIECE_LENGTH);
  length = 0;
  /** Counts what `writeJsonText` could not write as it was: bytes that are no UTF-8. */
  replaced = 0;

  get room(): number {
    return PIECE_LENGTH - this.length;
  }

  /** What was gathered, as the caller's own copy; the writer is empty after. */
  take(): Uint8Array<ArrayBuffer> {
    const piece = this.bytes.slice(0, this.length);
    this.length = 0;
    return piece;
  }

  /** Writes ASCII that has room. */
  ascii(text: string): void {
    const { bytes } = this;
    let at = this.length;
    for (let index = 0; index < text.length; index += 1) bytes[at++] = text.charCodeAt(index);
    this.length = at;
  }

  /** Writes a few bytes that have room. */
  put(few: Uint8Array): void {
    const { bytes } = this;
    let at = this.length;
    // Of so few, `set` takes longer.
    for (let index = 0; index < few.length; index++) bytes[at++] = few[index] as number;
    this.length = at;
  }

  /** Writes a whole number, of `width` digits at least; it has room. */
  digits(number: number, width = 1): void {
    const { bytes } = this;
    let least = 10;
    let count = 1;
    while (least <= number || count < width) {
      least *= 10;
      count++;
    }
    this.length += count;
    let rest = number;
    for (let at = this.length - 1; count > 0; at--, count--) {
      // What fits 31 bits is divided faster.
      const tenth = rest < SMALL ? (rest / 10) | 0 : Math.floor(rest / 10);
      bytes[at] = 0x30 + rest - tenth * 10;
      rest = tenth;
    }
  }

  /** Writes any text, of any length. */
  *text(text: string): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
    for (let from = 0; from < text.length; ) {
      if (this.room < LONGEST_CHARACTER) yield this.take();
      // A slice, so that `encodeInto` need not look at all that is left each time. A surrogate pair cut at its end does
      // no harm: what came before it has filled the piece.
      const next = text.slice(from, from + PIECE_LENGTH);
      const { read, written } = ENCODER.encodeInto(next, this.bytes.subarray(this.length));
      from += read;
      this.length += written;
    }
  }
}

const SMALL = 2 ** 31;
const ENCODER = new TextEncoder();
const LONGEST_CHARACTER = 4;
