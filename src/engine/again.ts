import { decodeAgain } from "../decode/connection-decoder.ts";
import type { ConnectionFacts, Decoded, Decoder, FrameToDecode } from "../decode/decoder.ts";
import { loadDecoders } from "../decode/decoder-loads.ts";
import { readDerived } from "../decode/derived-message.ts";
import { directionOf, opcodeOf } from "../model/frame.ts";
import { frameIndex, type FrameIndex } from "../model/units.ts";
import type { CaptureLog } from "./capture-log.ts";
import { decoderAt } from "./decoded-row.ts";
import { decodingFacts } from "./decoding-facts.ts";

/** A message that somebody looks at, to be decoded once more, whole. Plain data. */
export interface Again {
  readonly connection: ConnectionFacts;
  /** The id of the decoder that the log names for it. */
  readonly decoder: string;
  /** The frames that it takes, in their order. */
  readonly frames: readonly FrameToDecode[];
  /** As it was kept, where its payload alone does not tell. */
  readonly derived: Uint8Array<ArrayBuffer> | undefined;
}

/** What it says; its decoder is loaded. Undefined: it is none of its decoder's. */
export function decodeOnceMore({ connection, decoder, frames, derived }: Again): Decoded | undefined {
  const decodeFrames = (): Decoded | undefined => decodeAgain(connection, decoder, frames);
  return derived === undefined ? decodeFrames() : readDerived(derived, decodeFrames);
}

/**
 * What a row's message says, on this thread: for what is done with one message at somebody's word. What is looked at goes to a
 * thread of its own (`Looker`). Undefined where no decoder took it.
 */
export function decodeAt(capture: CaptureLog, index: FrameIndex): Decoded | undefined {
  const again = againAt(capture, index);
  return again && decodeOnceMore(again);
}

/** Loads the decoders of some rows; undefined where nothing has to be waited for. */
export function loadFor(capture: CaptureLog, rows: readonly FrameIndex[]): Promise<void> | undefined {
  const decoders = new Set<Decoder>();
  for (const row of rows) {
    const decoder = row < capture.decoded.length ? decoderAt(capture, row) : undefined;
    if (decoder !== undefined) decoders.add(decoder);
  }
  return loadDecoders(decoders);
}

/** A row's message to be decoded once more; undefined where no decoder took it. Throws where it cannot be read back. Cost: a copy. */
export function againAt(capture: CaptureLog, index: FrameIndex): Again | undefined {
  const { decoded, log, table } = capture;
  const decoder = decoderAt(capture, index);
  const connection = table.connections.get(log.connectionAt(index));
  if (decoder === undefined || connection === undefined) return undefined;
  const rows = rowsOf(capture, index);
  // What is put together of its rows once more needs nothing that was kept.
  const derived = rows.length === 1 ? decoded.derived.of(index)?.slice() : undefined;
  return { connection: decodingFacts(capture, connection), decoder: decoder.id, frames: rows.flatMap((row) => frameAt(capture, row)), derived };
}

/** One of the messages of a row that holds several. */
export function messageAgainAt(capture: CaptureLog, index: FrameIndex, message: number): Again | undefined {
  const { decoded, log, table } = capture;
  const decoder = decoderAt(capture, index);
  const connection = table.connections.get(log.connectionAt(index));
  if (decoder === undefined || connection === undefined) return undefined;
  const { from, to } = decoded.messages.at({ row: index, message });
  const bits = log.bitsAt(index);
  const frame = { bytes: log.payloadRange(index, from, to).slice(), opcode: opcodeOf(bits), direction: directionOf(bits) ?? "received" };
  return { connection: decodingFacts(capture, connection), decoder: decoder.id, frames: [frame], derived: undefined };
}

/** The rows that a row's message is read of: its own, or where what was put together was too long to be kept, all that it takes. */
export function rowsOf({ decoded }: CaptureLog, index: FrameIndex): readonly FrameIndex[] {
  const derived = decoded.derived.of(index);
  if (derived === undefined) return [index];
  const { isPartial, joined } = readDerived(derived, () => undefined);
  return isPartial && joined.length > 0 ? joined.map(frameIndex) : [index];
}

function frameAt({ log }: CaptureLog, row: FrameIndex): readonly FrameToDecode[] {
  const bits = log.bitsAt(row);
  const direction = directionOf(bits);
  if (direction === undefined) return [];
  return [{ bytes: log.ownPayloadAt(row), opcode: opcodeOf(bits), direction, event: log.details.hasEvents ? log.details.eventOf(row) : undefined }];
}
