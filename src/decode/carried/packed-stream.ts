import { say } from "../../model/said.ts";
import { DecodedMessage } from "../decoded-message.ts";
import type { DecodeContext, Decoded, Decoder, FrameToDecode } from "../decoder.ts";
import { bytesSaid } from "../summary.ts";
import { carry } from "./carry.ts";
import { joined, MOST_UNPACKED, type UnpackStream } from "./unpack-stream.ts";
import { packedLayer, unpackedNone, unpackProblem } from "./unpacked.ts";

/** One packed stream over the messages of a direction, each of which says nothing without those before it. */
export class PackedStream {
  readonly #self: Pick<Decoder, "id" | "name">;
  readonly #context: Pick<DecodeContext, "carried">;
  readonly #stream: UnpackStream;
  readonly #endsMessage: (bytes: Uint8Array) => boolean;
  #isBroken = false;
  /** What came of the message so far, and the rows that it takes. */
  #parts: Uint8Array[] = [];
  #length = 0;
  #rows: number[] = [];

  /** `endsMessage`: whether a message of the page's ends with this frame, asked once for each, in their order. */
  constructor(self: Pick<Decoder, "id" | "name">, context: Pick<DecodeContext, "carried">, stream: UnpackStream, endsMessage: (bytes: Uint8Array) => boolean) {
    this.#self = self;
    this.#context = context;
    this.#stream = stream;
    this.#endsMessage = endsMessage;
  }

  /** Nothing more can be unpacked. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** The next frame. `packed`: what of it is the stream's; left out, all of it. */
  next(frame: FrameToDecode, packed = frame.bytes): Decoded {
    const self = this.#self;
    const { length } = frame.bytes;
    if (this.#isBroken) return unpackedNone(self, length, say("decode.packed-lost"), "layers");
    const { bytes, end } = this.#stream.push(packed);
    const isWhole = this.#endsMessage(packed);
    this.#isBroken = end !== "whole" || this.#length + bytes.length > MOST_UNPACKED;
    if (end === "broken") return unpackedNone(self, length, say("decode.records-none", { format: self.name }), "layers");
    this.#parts.push(bytes);
    this.#length += bytes.length;
    if (frame.row !== undefined) this.#rows.push(frame.row);
    const layer = packedLayer(self, 0, length, bytes.length, this.#isBroken ? unpackProblem("too much", self.name) : undefined);
    if (!isWhole && !this.#isBroken) {
      return new DecodedMessage({ decoder: self.id, label: "part", kind: "event", summary: bytesSaid(length), layers: [layer], derives: "layers" });
    }
    const whole = joined(this.#parts, Math.min(this.#length, MOST_UNPACKED));
    const rows = this.#rows.length > 1 ? this.#rows : [];
    this.#parts = [];
    this.#length = 0;
    this.#rows = [];
    return carry(self, this.#context, frame, whole, { layer, derives: "value", joined: rows });
  }
}
