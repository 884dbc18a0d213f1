import { OPCODE_BINARY, type Direction } from "../../model/frame.ts";
import { say } from "../../model/said.ts";
import { carry } from "../carried/carry.ts";
import { inflate, InflateStream, joined, loadInflate, MOST_UNPACKED } from "../carried/inflate.ts";
import { packedLayer, unpackedNone, unpackProblem } from "../carried/unpacked.ts";
import { endsFlushed, hasZlibCheck, zlibWrapping } from "../carried/wrappings.ts";
import { DecodedMessage } from "../decoded-message.ts";
import type { DecodeContext, Decoded, Decoder, DecodeSession, FrameToDecode } from "../decoder.ts";
import { bytesSaid } from "../summary.ts";

/**
 * zlib (RFC 1950): each message by itself, or one stream over all messages of a direction, flushed after each (Discord's
 * `zlib-stream`); what it holds is decoded in its place.
 *
 * Sure of a message by its header and its check; of a stream by a header and a flush at the end, from its first message on.
 * Without that message nothing can be unpacked, and is said to be so where the URL asks for it. At most 32 MiB a message.
 */
export const zlib = {
  id: "zlib",
  name: "zlib",
  claims: "message",
  carries: true,
  recognises: ({ bytes, opcode }) => opcode === OPCODE_BINARY && (zlibWrapping(bytes) !== undefined || endsFlushed(bytes)),
  load: loadInflate,
  open: (context): DecodeSession => new ZlibSession(context),
} as const satisfies Decoder;

interface OpenStream {
  readonly stream: InflateStream;
  /** Nothing more can be unpacked. */
  isBroken: boolean;
  /** What came of the message so far, and the rows that it takes. */
  parts: Uint8Array[];
  length: number;
  rows: number[];
}

class ZlibSession implements DecodeSession {
  readonly #context: DecodeContext;
  readonly #streams: Partial<Record<Direction, OpenStream>> = {};
  readonly #isAsked: boolean;

  constructor(context: DecodeContext) {
    this.#context = context;
    this.#isAsked = /[?&]compress=zlib-stream(?:&|$)/.test(context.connection.url);
  }

  decode(frame: FrameToDecode): Decoded | undefined {
    const { bytes, opcode, direction } = frame;
    const { isPinned } = this.#context;
    if (opcode !== OPCODE_BINARY && !isPinned) return undefined;
    const open = this.#streams[direction];
    if (open !== undefined) return this.#goOn(frame, open, bytes);
    const wrapping = zlibWrapping(bytes);
    if (wrapping === undefined) {
      if (this.#isAsked && endsFlushed(bytes)) return unpackedNone(zlib, bytes.length, say("decode.packed-late"));
      return isPinned ? unpackedNone(zlib, bytes.length, say("decode.records-none", { format: zlib.name })) : undefined;
    }
    if (endsFlushed(bytes) || this.#isAsked) {
      const begun: OpenStream = { stream: new InflateStream(), isBroken: false, parts: [], length: 0, rows: [] };
      const first = this.#goOn(frame, begun, bytes.subarray(wrapping.from));
      if (begun.isBroken && !isPinned && !this.#isAsked) return undefined;
      this.#streams[direction] = begun;
      return first;
    }
    const { bytes: unpacked, end } = inflate(bytes.subarray(wrapping.from, wrapping.to));
    if (!isPinned && (end === "broken" || (end === "whole" && !hasZlibCheck(bytes, wrapping, unpacked)))) return undefined;
    return carry(zlib, this.#context, frame, unpacked, { layer: packedLayer(zlib, wrapping.from, bytes.length, unpacked.length, unpackProblem(end, zlib.name)) });
  }

  /** The next bytes of a stream. */
  #goOn(frame: FrameToDecode, open: OpenStream, packed: Uint8Array): Decoded {
    const { length } = frame.bytes;
    if (open.isBroken) return unpackedNone(zlib, length, say("decode.packed-lost"), "layers");
    const { bytes, end } = open.stream.push(packed);
    open.isBroken = end !== "whole" || open.length + bytes.length > MOST_UNPACKED;
    if (end === "broken") return unpackedNone(zlib, length, say("decode.records-none", { format: zlib.name }), "layers");
    open.parts.push(bytes);
    open.length += bytes.length;
    if (frame.row !== undefined) open.rows.push(frame.row);
    const layer = packedLayer(zlib, 0, length, bytes.length, open.isBroken ? unpackProblem("too much", zlib.name) : undefined);
    if (!endsFlushed(frame.bytes) && !open.isBroken) {
      return new DecodedMessage({ decoder: zlib.id, label: "part", kind: "event", summary: bytesSaid(length), layers: [layer], derives: "layers" });
    }
    const whole = joined(open.parts, Math.min(open.length, MOST_UNPACKED));
    const rows = open.rows.length > 1 ? open.rows : [];
    open.parts = [];
    open.length = 0;
    open.rows = [];
    return carry(zlib, this.#context, frame, whole, { layer, derives: "value", joined: rows });
  }
}
