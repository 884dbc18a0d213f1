/* oxlint-disable unicorn/consistent-function-scoping -- nothing may stand outside */
interface Held {
  data: unknown;
  at: number;
}

/**
 * Answers functions that put a message together out of pieces, as Chrome takes no large one at once. Language alone: no
 * function of the page's takes part.
 */
export function holdMessage(): {
  readonly text: () => Held;
  /** `Bytes`: the native Uint8Array. */
  readonly bytes: (Bytes: Uint8ArrayConstructor, length: number) => Held;
  readonly addText: (this: Held, piece: string) => void;
  /**
   * A piece of base64, whole groups of it, of so many bytes; only the last may be padded. `fromBase64`: the native one, where
   * Chrome has it (140): a hundred times as fast.
   */
  readonly addBytes: (this: Held, piece: string, length: number, fromBase64: ((piece: string) => Uint8Array) | undefined) => void;
} {
  const held = (data: unknown): Held => ({ __proto__: null, data, at: 0 }) as unknown as Held;
  return {
    text: () => held(""),
    bytes: (Bytes, length) => held(new Bytes(length)),
    addText(piece) {
      (this.data as string) += piece;
    },
    addBytes(piece, length, fromBase64) {
      if (fromBase64 !== undefined) {
        const part = fromBase64(piece);
        const whole = this.data as Uint8Array;
        const from = this.at;
        for (let i = 0; i < length; i++) whole[from + i] = part[i] as number;
        this.at = from + length;
        return;
      }
      const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
      const values = { __proto__: null } as unknown as Record<string, number>;
      for (let i = 0; i < 64; i++) values[digits[i] as string] = i;
      const data = this.data as Uint8Array;
      let { at } = this;
      for (let i = 0; i + 3 < piece.length; i += 4) {
        // One by one: to take a list apart, its iterator would be asked.
        const a = values[piece[i] as string] ?? 0;
        const b = values[piece[i + 1] as string] ?? 0;
        const c = values[piece[i + 2] as string];
        const d = values[piece[i + 3] as string];
        data[at++] = (a << 2) | (b >> 4);
        if (c !== undefined) data[at++] = ((b & 15) << 4) | (c >> 2);
        if (c !== undefined && d !== undefined) data[at++] = ((c & 3) << 6) | d;
      }
      this.at = at;
    },
  };
}
