import { MOST_BYTES } from "../../decode/connection-decoder.ts";
import { own } from "../../decode/decoders/own.ts";
import { OPCODE_TEXT, directionOf, opcodeOf } from "../../model/frame.ts";
import { readOwnMessage, type OwnDecoder, type OwnReading } from "../../model/own-decoder.ts";
import type { DecodeThread } from "../decode-run.ts";
import type { DecodeRequest } from "../decode-thread.ts";
import type { OwnFrame, OwnRequest, OwnThread } from "./own-thread.ts";

/**
 * A decode thread whose messages the user's own decoders read first, on a thread of their own (`startOwn`), which is started
 * when a connection first needs one. What they answer goes to the decode thread with the messages, and so into labels, pairs
 * and what is kept beside the log as that of any decoder. To whoever waits it is one thread: where either breaks, both end.
 */
export function withOwnDecoders(decoding: DecodeThread, startOwn: () => OwnThread): DecodeThread {
  let owned: OwnThread | undefined;
  let generation: number | undefined;
  /** By connection, the name of its decoder. */
  const names = new Map<number, string>();
  /** By name, the source that the thread has. */
  const sources = new Map<string, string>();
  /** What the thread is to be told with its next messages. */
  let untold: Told = { decoders: [], connections: [] };
  let waits: { readonly request: DecodeRequest; readonly transfer: ArrayBuffer[]; readonly places: readonly number[]; readonly messages: readonly OwnFrame[] } | undefined;

  const thread: DecodeThread = {
    post: (request, transfer) => {
      if (request.generation !== generation) names.clear();
      generation = request.generation;
      takeConnections(request);
      const places = placesOf(request);
      if (places.length === 0) return decoding.post(plain(request), transfer);
      const { messages, payloads } = framesAt(request, places);
      waits = { request, transfer, places, messages };
      owned ??= start();
      // Whatever breaks from here on is its own doing, and no bug.
      thread.onAnswer({ reached: messages[0]?.row ?? (request.rows.rows[places[0] as number] as number), decoder: own.id });
      owned.post({ generation, messages, payloads, isCareful: request.isCareful, ...untold }, [payloads.buffer]);
      untold = { decoders: [], connections: [] };
    },
    onAnswer: () => {},
    onFailure: () => {},
    onGone: () => {},
    onReady: () => {},
    get isReady() {
      return decoding.isReady && (owned === undefined || owned.isReady);
    },
    end: () => {
      decoding.end();
      owned?.end();
    },
  };

  decoding.onAnswer = (answer) => thread.onAnswer(answer);
  decoding.onFailure = (what, place) => thread.onFailure(what, place);
  decoding.onGone = () => thread.onGone();
  decoding.onReady = () => thread.onReady();
  return thread;

  function start(): OwnThread {
    const started = startOwn();
    started.onAnswer = (answer) => {
      // What runs there may say anything.
      if ("answered" in answer && Array.isArray(answer.answered)) take(answer.answered);
      else if ("reached" in answer && typeof answer.reached === "number") thread.onAnswer({ reached: answer.reached, decoder: own.id });
    };
    started.onFailure = (what, place) => thread.onFailure(what, place);
    started.onGone = () => thread.onGone();
    started.onReady = () => thread.onReady();
    return started;
  }

  function take(answered: readonly unknown[]): void {
    if (waits === undefined) return;
    const { request, transfer, places, messages } = waits;
    waits = undefined;
    const byRow = new Map(messages.map(({ row }, i) => [row, answered[i]]));
    const readings: OwnReading[] = Array.from(request.rows.rows, () => null);
    for (const place of places) {
      const row = request.rows.rows[place] as number;
      const name = names.get(request.rows.connections[place] as number) ?? own.name;
      const read = byRow.has(row) ? readOwnMessage(byRow.get(row)) : "too long";
      readings[place] = read === null ? null : { name, read };
    }
    // The decode thread begins now: what time it has is its own.
    thread.onAnswer({ reached: request.rows.rows[places[0] as number] as number });
    decoding.post({ ...plain(request), own: readings }, transfer);
  }

  /** Notes which connections have an own decoder, and what its thread does not know yet. */
  function takeConnections(request: DecodeRequest): void {
    const { decoders, connections } = untold;
    for (const { id, own: chosen, without, url, subprotocol } of request.connections) {
      names.delete(id);
      if (chosen === undefined || without.includes(own.id)) continue;
      names.set(id, chosen.name);
      connections.push({ id, decoder: chosen.name, url, subprotocol });
      if (sources.get(chosen.name) === chosen.source) continue;
      sources.set(chosen.name, chosen.source);
      decoders.push(chosen);
    }
  }

  function placesOf({ rows }: DecodeRequest): number[] {
    if (names.size === 0) return [];
    return Array.from(rows.connections.keys()).filter((place) => names.has(rows.connections[place] as number) && directionOf(rows.bits[place] as number) !== undefined);
  }
}

interface Told {
  readonly decoders: OwnDecoder[];
  readonly connections: OwnRequest["connections"][number][];
}

/** Copies of messages, without those that are too long: of them only the head is at hand. */
function framesAt({ rows, payloads: { bytes, ends } }: DecodeRequest, places: readonly number[]): Pick<OwnRequest, "messages" | "payloads"> {
  const messages: OwnFrame[] = [];
  const parts: Uint8Array[] = [];
  let from = 0;
  for (const place of places) {
    const part = bytes.subarray(place === 0 ? 0 : ends[place - 1], ends[place]);
    const bits = rows.bits[place] as number;
    if (part.length > MOST_BYTES) continue;
    parts.push(part);
    messages.push({ row: rows.rows[place] as number, connection: rows.connections[place] as number, direction: directionOf(bits) ?? "received", isText: opcodeOf(bits) === OPCODE_TEXT, from, to: from + part.length });
    from += part.length;
  }
  const payloads = new Uint8Array(from);
  for (const [i, part] of parts.entries()) payloads.set(part, messages[i]?.from);
  return { messages, payloads };
}

/** Without the sources, which only the thread of own decoders needs. */
function plain(request: DecodeRequest): DecodeRequest {
  const connections = request.connections.map(({ own: chosen, ...connection }) => (chosen === undefined ? connection : { ...connection, chosen: own.id }));
  return { ...request, connections };
}
