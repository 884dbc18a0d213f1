import { connectionFacts, type Decoder } from "../../decode/decoder.ts";
import type { WebSocketConnection } from "../../model/connection.ts";
import { webSocketUrl } from "../../model/connection.ts";
import { OPCODE_TEXT } from "../../model/frame.ts";
import { headerValues } from "../../model/headers.ts";
import type { HttpExchange } from "../../model/http-exchange.ts";
import { Refusal } from "../../model/refusal.ts";
import { say, type Told } from "../../model/said.ts";
import type { StoredValue } from "../../model/stored-value.ts";
import { milliseconds, type EpochMilliseconds } from "../../model/units.ts";
import { isDrawn } from "../origins/find-origin.ts";
import { findSecrets } from "../redact/find-secrets.ts";
import { isToken } from "../../model/headers.ts";
import { headersThatMatter } from "./headers.ts";
import { learnHeartbeats } from "./heartbeats.ts";
import { Phrases } from "./phrases.ts";
import { MASK } from "./secrets.ts";
import type { SnippetTarget } from "./snippet.ts";
import type { ScriptMessage } from "./script-message.ts";
import { isBytes, type Data, type Heartbeat, type Script, type ScriptHeader, type Source, type Step } from "./script.ts";
import { cookiesSet } from "../origins/cookie-pairs.ts";
import { postedBefore } from "./posted-before.ts";
import { findSources, type FindEarlier } from "./sources.ts";

export interface ScriptSource {
  readonly connection: WebSocketConnection;
  /** In their order. */
  readonly messages: readonly ScriptMessage[];
  /** They begin with the connection; else the first of them is sent at once. */
  readonly isFromOpening: boolean;
  /** Who reads the connection; undefined where nobody does. */
  readonly decoder: Decoder | undefined;
  /** What of the connection is not among them. */
  readonly notes: readonly Told[];
  /** Requests and answers in which secrets may have come, and until when they can have. */
  readonly exchanges: readonly HttpExchange[];
  readonly openedAt: EpochMilliseconds | undefined;
  readonly findEarlier: FindEarlier;
  /** What the browser holds for the page now; none where nobody can ask it. */
  readonly stored?: readonly StoredValue[];
}

export interface ScriptOptions {
  /** Secrets stand in the script as they were captured. */
  readonly withSecrets: boolean;
  /** Messages are sent as far apart as they were. */
  readonly withPauses: boolean;
  /** Whose part it plays. A server answers heartbeats as it did any message. */
  readonly side: SnippetTarget["side"];
  /** Of secrets that an answer gave, those that it asks for anew; undefined: none. */
  readonly fetches: SnippetTarget["fetchesSecrets"];
  /** It takes secrets from messages that the server sends. */
  readonly hears: boolean;
}

/** What a script of this connection does. Throws a `Refusal` where its address is not known. */
export function makeScript({ connection, messages, isFromOpening, decoder, notes, exchanges, openedAt, findEarlier, stored = [] }: ScriptSource, { withSecrets, withPauses, side, fetches, hears }: ScriptOptions): Script {
  const { handshake } = connection;
  const posted = side === "client" ? postedBefore(connection.url, exchanges).map(({ requestBody }) => requestBody ?? "") : [];
  const anew = side === "client" ? decoder?.anew?.(connectionFacts(connection), textsSent(messages), posted) : undefined;
  const url = URL.parse(webSocketUrl(anew?.url ?? connection.url));
  if (url === null || !/^wss?:$/.test(url.protocol)) throw new Refusal(say("snippet.no-url"));
  url.hash = "";
  const phrases = new Phrases(withSecrets, cookieValues(exchanges));
  const urlPhrase = phrases.of(url.href, { in: "url" });
  const offered = headerValues(handshake.requestHeaders, "sec-websocket-protocol").flatMap((value) => value.split(","));
  const names = (offered.length > 0 ? offered : [connection.subprotocol ?? ""]).map((name) => name.trim()).filter((name) => isToken(name.replace(MASK, "x")));
  const distinct = [...new Set(names)];
  const subprotocols = distinct.map((name) => phrases.of(name, { in: "subprotocol", offered: distinct }));
  const headers = headersThatMatter(handshake.requestHeaders).map(({ name, value }): ScriptHeader => ({ name, value: phrases.of(value, { in: "header", name }) }));
  const dataOf = ({ opcode, payload, number }: ScriptMessage): Data => {
    const text = opcode === OPCODE_TEXT ? decode(payload) : undefined;
    return text === undefined ? payload : phrases.of(text, { in: "message", number });
  };
  // Who reads the connection may not be known yet; what gave the secrets in it is kept by then.
  if (anew === undefined) for (const body of posted) phrases.of(body, { in: "body" });
  const { heartbeats, repeats, isLearnt } = learnHeartbeats(side === "client" ? messages : []);
  const start = (isFromOpening ? connection.openedAt : undefined) ?? messages.find(({ isChosen }) => isChosen)?.time ?? 0;
  const chosen = messages.filter((message) => message.isChosen && !isLearnt(message) && (anew === undefined || message.opcode !== OPCODE_TEXT || anew.sends(decode(message.payload) ?? "")));
  // No variable can stand in bytes whose lengths count it.
  const told = withSecrets ? chosen : chosen.filter(({ opcode, payload }) => opcode === OPCODE_TEXT || findSecrets(payload, false).length === 0);
  const steps = told
    .map((message): Step => {
      const { direction, time, number } = message;
      return { direction, number, data: dataOf(message), at: milliseconds(withPauses ? Math.max(0, Math.round((time - start) * 1000)) : 0) };
    });
  const first = (anew?.first ?? []).map((text): Step => ({ direction: "sent", number: 0, data: phrases.of(text, { in: "body" }), at: milliseconds(0) }));
  const sendHeartbeats = heartbeats.map(({ on, send }): Heartbeat => ({ on: dataOf(on), send: dataOf(send) }));
  const known = (anew?.heartbeats ?? []).filter(({ on }) => !sendHeartbeats.some((one) => !isBytes(one.on) && one.on.length === 1 && one.on[0] === on)).map(({ on, send }): Heartbeat => ({ on: [on], send: [send] }));
  const sendRepeats = repeats.map(({ every, send }) => ({ every, send: dataOf(send) }));
  // What such a request needs would be asked for in vain.
  const before = phrases.variables;
  const found = side === "server" ? NOT_LOOKED_FOR : findSources(phrases, { exchanges, openedAt: openedAt ?? Infinity, url: url.href, requestHeaders: handshake.requestHeaders, findEarlier, stored });
  const sources = fetchedBy({ fetchesSecrets: fetches }, found.sources);
  const heard = hears ? found.heard : [];
  const had = new Set([...sources.flatMap(({ given }) => given), ...heard].map(({ variable }) => variable));
  for (const { variable, from } of found.origins) if (!had.has(variable)) phrases.tellFrom(variable, from);
  return {
    url: urlPhrase,
    subprotocols,
    headers,
    steps: [...first, ...(first.length === 0 ? steps : steps.map((step) => ({ ...step, at: milliseconds(step.at + JOINING_MS) })))],
    heartbeats: [...sendHeartbeats, ...known],
    repeats: sendRepeats,
    sources,
    heard,
    origins: found.origins,
    variables: sources.length > 0 ? phrases.variables : before,
    notes: [
      ...(handshake.requestHeaders.length === 0 ? [say("snippet.no-handshake")] : []),
      ...(told.length < chosen.length ? [say("snippet.binary-secrets", { n: chosen.length - told.length })] : []),
      ...(anew?.hidesBeginning === true ? [say("snippet.took-over")] : []),
      ...notes,
    ],
  };
}

/** Of what answers gave, that which a target asks for anew. */
export const fetchedBy = ({ fetchesSecrets }: Pick<SnippetTarget, "fetchesSecrets">, sources: readonly Source[]): readonly Source[] =>
  sources.flatMap((source) => {
    const given = source.given.filter((one) => fetchesSecrets?.(one) === true);
    return given.length === 0 ? [] : [{ ...source, given }];
  });

/** Nobody logs in to a mock. */
const NOT_LOOKED_FOR: ReturnType<typeof findSources> = { sources: [], heard: [], origins: [] };

/** Values of cookies that answers set: those that the script may ask for. */
const cookieValues = (exchanges: readonly HttpExchange[]): ReadonlySet<string> => new Set(exchanges.flatMap(({ setCookies }) => cookiesSet(setCookies).map(({ value }) => value)).filter(isDrawn));

/** Undefined where it is no UTF-8: then it is no text for a script either. */
function decode(payload: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(payload);
  } catch {
    return undefined;
  }
}

/** Until the server has answered what is sent first: what comes sooner it may refuse. */
const JOINING_MS = 1000;

const textsSent = (messages: readonly ScriptMessage[]): readonly string[] => messages.flatMap(({ direction, opcode, payload }) => (direction === "sent" && opcode === OPCODE_TEXT ? [decode(payload) ?? ""] : []));
