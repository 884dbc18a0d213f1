/** A message that the user sends. */
export type OutgoingMessage =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "binary"; readonly bytes: Uint8Array<ArrayBuffer> };

/** UTF-16 units or bytes of one message at most: Chrome takes it as text, in pieces, and tells of it again as one frame. */
export const MOST_OUTGOING = 100 * 2 ** 20;

/** A close that the user asks for (RFC 6455 §7.1.5 and §7.1.6): a page may give 1000 and 3000 to 4999 alone; null gives none. */
export interface OutgoingClose {
  readonly code: number | null;
  readonly reason: string;
}

/** How the user has a connection of the page end: by a closing handshake, or as a lost network would. */
export type AskedEnd = OutgoingClose | "lost";

export const isClosingCode = (code: number): boolean => code === 1000 || (Number.isInteger(code) && code >= 3000 && code <= 4999);

/** Bytes of UTF-8 that a reason may take. */
export const MOST_CLOSING_REASON = 123;
