import type { Decoder } from "../decode/decoder.ts";
import { makeScript } from "../format/snippets/make-script.ts";
import type { ScriptMessage } from "../format/snippets/script-message.ts";
import { SNIPPET_TARGETS, snippetTarget } from "../format/snippets/registry.ts";
import { sentSteps, type Script, type Variable } from "../format/snippets/script.ts";
import { MOST_SNIPPET_BYTES, MOST_SNIPPET_MESSAGES, type OutsidePlaces, type Snippet, type SnippetForm, type SnippetRequest } from "../contract/snippets.ts";
import { directionOf, isMessage, isPayloadUnreported, opcodeOf, wasOnWire } from "../model/frame.ts";
import type { WebSocketConnection } from "../model/connection.ts";
import { Refusal } from "../model/refusal.ts";
import { say, type Told } from "../model/said.ts";
import { frameIndex, type ConnectionId, type FrameIndex } from "../model/units.ts";
import type { CaptureLog } from "./capture-log.ts";
import { decoderAt, messageKindAt } from "./decoded-row.ts";
import { originPlaces } from "./origin-places.ts";
import { rowsAt } from "./selection.ts";
import type { View } from "./view.ts";

/** Heartbeats that are looked at to learn how they are answered. */
const MOST_HEARTBEATS = 500;
/** Longer ones carry more than a sign of life. */
const MOST_HEARTBEAT_BYTES = 4096;

/** What a connection can be copied as. */
export const snippetForms = (): SnippetForm[] => SNIPPET_TARGETS.map(({ id, name, side }) => ({ target: id, name, side }));

/** A connection as code. Cost: a pass over the rows. Throws a `Refusal`. */
export function writeSnippet(capture: CaptureLog, view: View, { target: id, of, withSecrets, withPauses, ...outside }: SnippetRequest): Snippet {
  const target = snippetTarget(id);
  if (target === undefined) throw new Error(`No snippet target is called ${JSON.stringify(id)}.`);
  const extent = "places" in of ? extentOf(capture, [...rowsAt(view, of.places)], target.side) : wholeOf(of.connection);
  const connection = capture.table.connections.get(extent.connection);
  if (connection?.transport !== "websocket") throw new Refusal(say("snippet.no-connection"));
  const { messages, decoder, notes } = messagesOf(capture, extent, target.side);
  const { side, fetchesSecrets: fetches, hearsSecrets: hears = false } = target;
  const script = makeScript({ connection, messages, isFromOpening: extent.isFromOpening, decoder, notes, ...originPlaces(capture, connection, outside) }, { withSecrets, withPauses, side, fetches, hears });
  capture.keepAnswers(connection.id, script.origins.flatMap(({ answers }) => answers));
  const had = new Set([...script.sources.flatMap(({ given }) => given), ...script.heard].map(({ variable }) => variable));
  const text = target.write(script, capture.tell);
  // A browser sets no headers, and nobody logs in to a mock.
  const stands = ({ name }: Variable): boolean => new RegExp(`\\b${name}\\b`).test(text);
  return {
    text,
    url: connection.url,
    messages: (target.side === "server" ? script.steps : (target.sends ?? sentSteps)(script)).length,
    secrets: script.variables.flatMap((variable) => (variable.value === null && !had.has(variable) && stands(variable) ? [variable.name] : [])),
  };
}

/** A script of the whole connection, for what it tells of where values came from. */
export function wholeScript(capture: CaptureLog, connection: WebSocketConnection, outside: OutsidePlaces): Script {
  const { messages, decoder } = messagesOf(capture, wholeOf(connection.id), "client");
  return makeScript({ connection, messages, isFromOpening: true, decoder, notes: [], ...originPlaces(capture, connection, outside) }, { withSecrets: false, withPauses: false, side: "client", fetches: () => true, hears: true });
}

/** What of a connection a script is made of. */
interface Extent {
  readonly connection: ConnectionId;
  readonly has: (row: FrameIndex) => boolean;
  /** All that came before is in it. */
  readonly isFromOpening: boolean;
}

const wholeOf = (connection: ConnectionId): Extent => ({ connection, has: () => true, isFromOpening: true });

/**
 * The messages among these rows. Where none of them is one that this side sends they stand for their place: a script of them
 * alone would be told nothing, so it has all up to the last of them, a server's also what answers that.
 */
function extentOf(capture: CaptureLog, rows: readonly FrameIndex[], side: SnippetForm["side"]): Extent {
  const { log } = capture;
  const messages = rows.filter((row) => isMessage(log.bitsAt(row)));
  const chosen = messages.length > 0 ? messages : rows.filter((row) => log.connectionAt(row) !== 0);
  const connection = connectionOf(capture, chosen);
  if (chosen.some((row) => isOf(side, log.bitsAt(row)))) {
    const all = new Set(chosen);
    return { connection, has: (row) => all.has(row), isFromOpening: false };
  }
  const last = chosen.reduce((a, b) => (b > a ? b : a));
  const end = side === "server" ? nextSent(capture, connection, last) : last;
  return { connection, has: (row) => row < end, isFromOpening: true };
}

/** Who plays this side sends it. */
const isOf = (side: SnippetForm["side"], bits: number): boolean => directionOf(bits) === (side === "server" ? "received" : "sent") && wasOnWire(bits);

/** The first message behind this row that the page sent over the connection, or the log's end. */
function nextSent({ log }: CaptureLog, connection: ConnectionId, last: FrameIndex): number {
  let i = last + 1;
  while (i < log.length && !(log.connectionAt(frameIndex(i)) === connection && isOf("client", log.bitsAt(frameIndex(i))))) i++;
  return i;
}

/** The decoder that reads the whole connection, where this row is one of its. */
function protocolAt(capture: CaptureLog, row: FrameIndex): Decoder | undefined {
  const decoder = decoderAt(capture, row);
  return decoder?.claims === "connection" ? decoder : undefined;
}

/** That of the rows; rows of several are no one's script. */
function connectionOf({ log }: CaptureLog, rows: readonly FrameIndex[]): ConnectionId {
  const [first] = rows;
  if (first === undefined) throw new Refusal(say("snippet.no-connection"));
  const connection = log.connectionAt(first);
  if (rows.some((row) => log.connectionAt(row) !== connection)) throw new Refusal(say("snippet.several"));
  return connection;
}

/** The messages of an extent as far as the bounds go, and heartbeats beside them. */
function messagesOf(capture: CaptureLog, { connection, has }: Extent, side: SnippetForm["side"]): { readonly messages: readonly ScriptMessage[]; readonly decoder: Decoder | undefined; readonly notes: readonly Told[] } {
  const { log } = capture;
  const messages: ScriptMessage[] = [];
  let decoder: Decoder | undefined;
  const count = { all: 0, taken: 0, bytes: 0, unreported: 0, heartbeats: 0 };
  for (let i = 0; i < log.length; i++) {
    const row = frameIndex(i);
    if (log.connectionAt(row) !== connection) continue;
    const bits = log.bitsAt(row);
    const direction = directionOf(bits);
    if (direction === undefined || !wasOnWire(bits)) continue;
    const length = log.lengthAt(row);
    decoder ??= protocolAt(capture, row);
    const isHeartbeat = messageKindAt(capture, row) === "heartbeat" && length <= MOST_HEARTBEAT_BYTES;
    const isWanted = has(row) && (side === "server" || direction === "sent");
    const isUnreported = isPayloadUnreported(bits);
    if (isWanted && isUnreported) count.unreported++;
    if (isWanted && !isUnreported) count.all++;
    // Once one does not fit, none behind it does: a script has no holes.
    const isChosen = isWanted && !isUnreported && count.taken === count.all - 1 && count.taken < MOST_SNIPPET_MESSAGES && count.bytes + length <= MOST_SNIPPET_BYTES;
    if (!isChosen && (!isHeartbeat || count.heartbeats >= MOST_HEARTBEATS)) continue;
    if (isChosen) {
      count.taken++;
      count.bytes += length;
    }
    if (isHeartbeat) count.heartbeats++;
    messages.push({ number: row + 1, direction, opcode: opcodeOf(bits), payload: log.ownPayloadAt(row), time: log.timeAt(row), isHeartbeat, isChosen });
  }
  return {
    messages,
    decoder,
    notes: [
      ...(count.all > count.taken ? [say("snippet.first-only", { n: count.taken, all: count.all })] : []),
      ...(count.unreported > 0 ? [say("snippet.unreported", { n: count.unreported })] : []),
    ],
  };
}
