import { MESSAGE_KINDS, type MessageKind } from "./message-kind.ts";

/** A decoder of the user's own. */
export interface OwnDecoder {
  /** What the user calls it; no two have one name. */
  readonly name: string;
  /** A JavaScript module: see docs/own-decoders.md. */
  readonly source: string;
}

/** Characters of a source, and of a name; how many decoders are kept. */
export const MOST_OWN_SOURCE = 1 << 20;
export const MOST_OWN_NAME = 64;
export const MOST_OWN_DECODERS = 20;

/** What such a decoder made of a message, once it was checked. */
export interface OwnMessage {
  readonly label: string;
  /** Left out where direction, id and `answers` tell it. */
  readonly kind: MessageKind | undefined;
  readonly summary: string | undefined;
  readonly topic: string | undefined;
  readonly id: string | undefined;
  readonly answers: string | undefined;
  /** The value as JSON. */
  readonly json: string | undefined;
}

/** What comes with a message that an own decoder reads: `null`, it is none of its; else what it says, or why it says nothing. */
export type OwnReading = { readonly name: string; readonly read: OwnMessage | { readonly problem: string } | "too long" } | null;

const PREFIX = "own:";

/** How the choice of an own decoder is written, beside the ids of the registry's. */
export const ownDecoderId = (name: string): string => `${PREFIX}${name}`;

/** The name in such an id; undefined for the id of any other decoder. */
export const ownDecoderName = (id: string): string | undefined => (id.startsWith(PREFIX) ? id.slice(PREFIX.length) : undefined);

/** From storage or a file, which may hold anything. */
export function readOwnDecoders(stored: unknown): readonly OwnDecoder[] {
  const names = new Set<string>();
  return (Array.isArray(stored) ? stored : []).filter(isOwnDecoder).filter(({ name }) => !names.has(name) && names.add(name)).slice(0, MOST_OWN_DECODERS);
}

function isOwnDecoder(value: unknown): value is OwnDecoder {
  if (typeof value !== "object" || value === null) return false;
  const { name, source } = value as Partial<Record<keyof OwnDecoder, unknown>>;
  return typeof name === "string" && name !== "" && name.length <= MOST_OWN_NAME && typeof source === "string" && source.length <= MOST_OWN_SOURCE;
}

/** Characters of each part; JSON may be as long as a message that is decoded while it is captured. */
const MOST_TEXT = 1024;
const MOST_JSON = 1 << 20;

/** What an own decoder answered of a message: code of anybody's, so it may be anything. Null: nothing that says something. */
export function readOwnMessage(answered: unknown): OwnMessage | { readonly problem: string } | null {
  if (typeof answered !== "object" || answered === null) return null;
  const { label, kind, summary, topic, id, answers, json, problem } = answered as Readonly<Record<string, unknown>>;
  if (typeof problem === "string") return { problem: problem.slice(0, MOST_TEXT) };
  return {
    label: textIn(label) ?? "",
    kind: MESSAGE_KINDS.find((one) => one === kind),
    summary: textIn(summary),
    topic: textIn(topic),
    id: textIn(id),
    answers: textIn(answers),
    json: typeof json === "string" && json.length <= MOST_JSON ? json : undefined,
  };
}

const textIn = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value.slice(0, MOST_TEXT) : undefined);
