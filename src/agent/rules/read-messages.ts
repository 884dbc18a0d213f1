/* oxlint-disable unicorn/consistent-function-scoping -- nothing may stand outside */
import type { ByteReader } from "./read-bytes.ts";
import type { Natives } from "./take-natives.ts";

export interface Message {
  readonly url: string;
  readonly isSent: boolean;
  readonly isText: boolean;
  data: unknown;
  /** What it says; null: not known (a Blob, bytes that are no UTF-8); undefined: not read yet. */
  text: string | null | undefined;
  isJson: boolean | undefined;
}

export interface MessageReader {
  readonly textOf: (message: Message) => string | null;
  /** Its text, where that is JSON. */
  readonly jsonOf: (message: Message) => string | null;
  readonly sizeOf: (message: Message) => number;
  /** Bytes of memory, as it is kept. */
  readonly sizeWaiting: (isText: boolean, data: unknown) => number;
  readonly message: (url: string, isSent: boolean, isText: boolean, data: unknown) => Message;
}

/** What a message says; up to `mostText` characters or bytes of it are looked into. */
export function readMessages({ apply, parse, Decoder, decode, Encoder, encode }: Natives, { bytesOf, lengthOf, sizeOfBlob }: ByteReader, mostText: number): MessageReader {
  const decoder = new Decoder("utf-8", { __proto__: null, fatal: true, ignoreBOM: true } as TextDecoderOptions);
  const encoder = new Encoder();
  const textOf = (message: Message): string | null => {
    if (message.text !== undefined) return message.text;
    message.text = null;
    if (message.isText) message.text = message.data as string;
    else {
      const bytes = bytesOf(message.data);
      try {
        if (bytes !== undefined && lengthOf(bytes) <= mostText) message.text = apply(decode, decoder, [bytes]);
      } catch {
        // No UTF-8.
      }
    }
    return message.text;
  };
  const sizeOf = (message: Message): number => {
    const bytes = message.isText ? apply(encode, encoder, [message.data as string]) : bytesOf(message.data);
    return bytes === undefined ? sizeOfBlob(message.data) : lengthOf(bytes);
  };
  const sizeWaiting = (isText: boolean, data: unknown): number => {
    if (isText) return (data as string).length * 2;
    const bytes = bytesOf(data);
    return bytes === undefined ? 0 : lengthOf(bytes);
  };
  const jsonOf = (message: Message): string | null => {
    const text = textOf(message);
    if (text === null || text.length > mostText) return null;
    if (message.isJson === undefined) {
      message.isJson = false;
      try {
        const value: unknown = parse(text);
        message.isJson = typeof value === "object" && value !== null;
      } catch {
        // No JSON.
      }
    }
    return message.isJson ? text : null;
  };
  const message = (url: string, isSent: boolean, isText: boolean, data: unknown): Message => ({ __proto__: null, url, isSent, isText, data, text: undefined, isJson: undefined }) as unknown as Message;
  return { textOf, jsonOf, sizeOf, sizeWaiting, message };
}
