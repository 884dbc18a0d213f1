import { bytesOfBase64, base64Text } from "../model/base64.ts";
import type { OutgoingMessage } from "../model/outgoing-message.ts";
import type { Milliseconds } from "../model/units.ts";

/** Messages of one transcript, and UTF-16 units of all of them, at most. */
export const MOST_MESSAGES = 10_000;
export const MOST_LENGTH = 32 * 2 ** 20;
export const MOST_VARIABLES = 100;
export const MOST_REPEATS = 10_000;

/** One message of a transcript. */
export interface TranscriptMessage {
  /** `text` and `base64`: exactly as it was. `template`: as the user wrote it, with values to fill in. */
  readonly form: "text" | "base64" | "template";
  readonly text: string;
  /** After the first one. */
  readonly at: Milliseconds;
}

/** A value that the user gives a name. A secret one is masked on screen, and written to no file. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly isSecret: boolean;
}

/** Messages to be sent again, with the pauses that they had. Never empty where it is run. */
export interface Transcript {
  readonly messages: readonly TranscriptMessage[];
  readonly variables: readonly Variable[];
}

/** As a variable can be called. */
export const isVariableName = (name: string): boolean => /^[A-Za-z_][\w-]{0,59}$/.test(name) && !OWN_NAMES.has(name);

/** Names of what is filled in without the user's help. */
export const OWN_NAMES: ReadonlySet<string> = new Set(["now", "uuid", "counter", "answer"]);

export const transcriptMessage = (message: OutgoingMessage, at: Milliseconds): TranscriptMessage =>
  message.type === "text" ? { form: "text", text: message.text, at } : { form: "base64", text: base64Text(message.bytes), at };

/** Of a message that is sent as it is. */
export const outgoingOf = ({ form, text }: TranscriptMessage): OutgoingMessage => (form === "base64" ? { type: "binary", bytes: bytesOfBase64(text) } : { type: "text", text });
