import type { Said } from "../../model/said.ts";

/** Where a secret stands: bytes `from` up to `to` of what was looked through. */
export interface Found {
  readonly from: number;
  readonly to: number;
}

/** A kind of secret, and what tells one. Silent unless sure: what may as well be an ordinary id is none. */
export interface SecretKind {
  /** In masks, as `‹jwt-1›`: letters alone. */
  readonly id: string;
  /** Of several, as a list of what was found has them. */
  readonly said: Said;
  /**
   * A field, query parameter, header or line of this name holds one. In small letters, without `_`, `-`, `.`; a name
   * that begins with `*` stands for all that end so.
   */
  readonly names?: readonly string[];
  /** So do these, unless with a number or the result of a test: what passes is called so too. */
  readonly textNames?: readonly string[];
  /** So do these in a URL's query; anywhere else only with a value that looks like a secret. */
  readonly queryNames?: readonly string[];
  /** These only with a value that looks drawn by lot, wherever they stand. */
  readonly looseNames?: readonly string[];
  /** So do these, with a value of `name=value` pairs. */
  readonly pairNames?: readonly string[];
  /** Headers that hold nothing else: whoever leaves secrets out leaves them out. In small letters. */
  readonly headers?: readonly string[];
  /** Looks into a run of 16 or more letters, digits, `_`, `-` and `.`. */
  readonly inRun?: (bytes: Uint8Array, from: number, to: number) => Found | undefined;
  /** Looks into a run of 14 or more digits, spaces and hyphens. Not asked of binary messages. */
  readonly inDigits?: (bytes: Uint8Array, from: number, to: number) => readonly Found[];
  /** Looks around an `@`. `isText`: bytes above 0x7f are UTF-8. */
  readonly atSign?: (bytes: Uint8Array, at: number, isText: boolean) => Found | undefined;
}
