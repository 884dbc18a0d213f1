import type { Direction } from "../../model/frame.ts";
import { sentences, type Tell, type Told } from "../../model/said.ts";
import type { Place } from "../origins/find-origin.ts";
import type { HttpExchange } from "../../model/http-exchange.ts";
import { milliseconds, type Milliseconds } from "../../model/units.ts";

/** What a script does, before it is written in any language. */
export interface Script {
  /** An absolute ws: or wss: URL without fragment. */
  readonly url: Phrase;
  /** Those that the client offers, in its order. */
  readonly subprotocols: readonly Phrase[];
  /** Those that no library sets by itself, each name once. */
  readonly headers: readonly ScriptHeader[];
  /** Every secret that stands in the rest, in the order in which they are first needed. */
  readonly variables: readonly Variable[];
  /** The messages of both directions, in their order. Without those that `heartbeats` and `repeats` send. */
  readonly steps: readonly Step[];
  /** What is sent whenever a certain message comes. */
  readonly heartbeats: readonly Heartbeat[];
  /** What is sent every so often. */
  readonly repeats: readonly Repeat[];
  /** Where some of the variables can be had anew; one that another needs comes before it. */
  readonly sources: readonly Source[];
  /** Those that the server tells on the connection itself, before they are sent. */
  readonly heard: readonly HeardSecret[];
  /** Where variables came from, as far as that is known; the script may have no way to have them from there. */
  readonly origins: readonly VariableOrigin[];
  /** What whoever reads the script is to know: a comment for each at its head. */
  readonly notes: readonly Told[];
}

/** A text with secrets in it. Neighbours are never both strings. */
export type Phrase = readonly (string | Variable)[];

/** A secret: read from the environment, unless it is to stand in the script. */
export interface Variable {
  /** Upper case, as the environment has it: `TOKEN`. */
  readonly name: string;
  /** Where the capture had it. */
  readonly about: Told;
  /** Where it came from, which a script cannot go to by itself. */
  readonly from: readonly Told[];
  /** As captured; null where the environment is to give it. */
  readonly value: string | null;
}

/** An HTTP request whose answer holds secrets: a script that can ask for them anew needs nobody to give them. */
export interface Source {
  readonly method: string;
  readonly url: Phrase;
  readonly headers: readonly ScriptHeader[];
  readonly body: Phrase | null;
  /** What its answer holds, at least one. */
  readonly given: readonly GivenSecret[];
}

export interface GivenSecret {
  readonly variable: Variable;
  readonly place: Place;
  /** The text that the script sends has it percent-encoded. */
  readonly isEncoded: boolean;
  /** Each answer that held it: this one first. */
  readonly from: readonly Told[];
}

/** A secret that a message of the server holds. The first message with something at its place gives it. */
export interface HeardSecret extends GivenSecret {
  /** The message, as the table counts. */
  readonly number: number;
}

export interface VariableOrigin {
  readonly variable: Variable;
  readonly from: readonly Told[];
  /** The answers that held it. */
  readonly answers: readonly HttpExchange[];
  /** The messages in which the page sent it, as the table counts. */
  readonly messages: readonly number[];
}

export interface ScriptHeader {
  /** A token (RFC 9110 §5.6.2). */
  readonly name: string;
  readonly value: Phrase;
}

/** A message's payload: text, or bytes for a binary message. */
export type Data = Phrase | Uint8Array;

export interface Step {
  readonly direction: Direction;
  readonly data: Data;
  /** Since the connection opened, or since the first step; 0 where no pauses are kept. */
  readonly at: Milliseconds;
  /** As the table counts. */
  readonly number: number;
}

export interface Heartbeat {
  readonly on: Data;
  readonly send: Data;
}

export interface Repeat {
  readonly every: Milliseconds;
  readonly send: Data;
}

export const isBytes = (data: Data): data is Uint8Array => data instanceof Uint8Array;

/** A step, and how long after the one before it comes; 0 where that is no pause. */
export interface PacedStep extends Step {
  readonly pause: Milliseconds;
}

/** What is shorter is how long a page takes to send the next message, not a pause. */
const LEAST_PAUSE_MS = 5;

/** Each with the time since the one before, or for the first since `from`. */
export function paced(steps: readonly Step[], from = 0): readonly PacedStep[] {
  return steps.map((step, i) => {
    const pause = step.at - (steps[i - 1]?.at ?? from);
    return { ...step, pause: milliseconds(pause < LEAST_PAUSE_MS ? 0 : pause) };
  });
}

/** The messages that a client sends. */
export const sentSteps = ({ steps }: Pick<Script, "steps">): readonly PacedStep[] => paced(steps.filter(({ direction }) => direction === "sent"));

/** All that a client writes of a script. */
export const clientParts = (script: Script): readonly Data[] => [
  script.url,
  ...script.subprotocols,
  ...script.headers.map(({ value }) => value),
  ...sentSteps(script).map(({ data }) => data),
  ...script.heartbeats.flatMap(({ on, send }) => [on, send]),
  ...script.repeats.map(({ send }) => send),
];

/** The requests by which secrets of these parts can be had anew, and those that these requests need. */
export function sourcesOf({ sources }: Script, parts: readonly Data[]): readonly Source[] {
  const used = new Set(parts.flatMap((part) => (isBytes(part) ? [] : part)));
  const isNeeded = (source: Source): boolean => {
    if (!source.given.some(({ variable }) => used.has(variable))) return false;
    for (const part of sourceParts(source).flat()) used.add(part);
    return true;
  };
  // One that another needs comes before it.
  return sources.toReversed().filter(isNeeded).toReversed();
}

/** All that its request holds. */
export const sourceParts = ({ url, headers, body }: Source): readonly Phrase[] => [url, ...headers.map(({ value }) => value), ...(body === null ? [] : [body])];

/** What its comment says: where the capture had it, and where it came from. */
export const aboutVariable = ({ about, from }: Variable, tell: Tell): string => tell(sentences([about, ...from]));

/** Those of the secrets that the server tells that stand in some of a script's parts. */
export function heardIn({ heard }: Script, parts: readonly Data[]): readonly HeardSecret[] {
  const used = new Set(parts.flatMap((part) => (isBytes(part) ? [] : part)));
  return heard.filter(({ variable }) => used.has(variable));
}

/** Of a script's messages, in the order in which it sends them, the secrets that the server must have told before each. Each is waited for once. */
export function awaited(datas: readonly Data[], heard: readonly HeardSecret[]): readonly (readonly HeardSecret[])[] {
  const waited = new Set<Variable>();
  return datas.map((data) => {
    const now = isBytes(data) ? [] : heard.filter(({ variable }) => !waited.has(variable) && data.includes(variable));
    for (const { variable } of now) waited.add(variable);
    return now;
  });
}

/** The secrets that stand in some of a script's parts. */
export function variablesIn(script: Script, parts: readonly Data[]): readonly Variable[] {
  const used = new Set(parts.flatMap((part) => (isBytes(part) ? [] : part)));
  return script.variables.filter((variable) => used.has(variable));
}

export const sendsBytes = ({ steps, heartbeats, repeats }: Script): boolean =>
  [...steps.filter(({ direction }) => direction === "sent").map(({ data }) => data), ...[...heartbeats, ...repeats].map(({ send }) => send)].some(isBytes);

/** The header of this name, written in lower case. */
export const headerOf = ({ headers }: Script, name: string): Phrase | undefined => headers.find((header) => header.name.toLowerCase() === name)?.value;

/** What a client asks for anew and what it hears, no more than it needs, and what it must be given. `parts`: all that it sends. */
export function neededBy(script: Script, parts: readonly Data[]): { readonly sources: readonly Source[]; readonly heard: readonly HeardSecret[]; readonly given: readonly Variable[] } {
  const sources = sourcesOf(script, parts);
  const used = variablesIn(script, [...parts, ...sources.flatMap(sourceParts)]);
  const asked = sources.map((source) => ({ ...source, given: source.given.filter(({ variable }) => used.includes(variable)) }));
  const heard = heardIn(script, parts);
  const had = new Set([...asked.flatMap(({ given }) => given), ...heard].map(({ variable }) => variable));
  return { sources: asked, heard, given: used.filter((variable) => !had.has(variable)) };
}
