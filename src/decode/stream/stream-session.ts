import type { Direction } from "../../model/frame.ts";
import { say } from "../../model/said.ts";
import { MOST_MESSAGES, type Decoded, type Decoder, type FrameMessage, type FrameToDecode } from "../decoder.ts";
import { DecodedMessage } from "../decoded-message.ts";
import { frameOf } from "../records/record-message.ts";
import type { RecordRange } from "../records/record-range.ts";
import { bytesSaid } from "../summary.ts";
import { ByteStream } from "./byte-stream.ts";

/** A packet at a place; `cut`: its end is not there yet; `broken`: none can begin so. */
export type Found<Place extends RecordRange> = Place | "cut" | "broken";

/** The same, or how to go on once more has come of a packet that is cut: nothing is looked at twice, however many messages it takes. */
export type Search<Place extends RecordRange> = Found<Place> | GoOn<Place>;

/** `from`: where the packet begins now, which is another place than before. */
type GoOn<Place extends RecordRange> = (bytes: Uint8Array, from: number) => Search<Place>;

/** A packet that is whole. */
export interface WholePacket<Place extends RecordRange> {
  /** Its place is in these. */
  readonly bytes: Uint8Array;
  readonly place: Place;
  readonly frame: FrameToDecode;
  /** Its bytes in the frame, where it may have begun before. */
  readonly from: number;
  readonly to: number;
}

export interface StreamProtocol<Place extends RecordRange> {
  readonly decoder: Pick<Decoder, "id" | "name">;
  /** The packet that begins at `from`. Where it is `cut`, this is asked again with each message: that has to cost little. */
  find(bytes: Uint8Array, from: number): Search<Place>;
  describe(packet: WholePacket<Place>): Decoded;
}

/**
 * A protocol whose packets are cut into messages anywhere: none, one or several are whole in each. Packets of a frame are
 * its messages; of one that began in frames before, what it says is kept beside the log.
 */
export class StreamSession<Place extends RecordRange> {
  readonly #protocol: StreamProtocol<Place>;
  readonly #streams = { sent: new ByteStream(), received: new ByteStream() };
  readonly #goesOn: Partial<Record<Direction, GoOn<Place> | undefined>> = {};

  constructor(protocol: StreamProtocol<Place>) {
    this.#protocol = protocol;
  }

  /** Whether a packet of this direction goes on. */
  isOpen({ direction }: Pick<FrameToDecode, "direction">): boolean {
    return this.#streams[direction].isOpen;
  }

  decode(frame: FrameToDecode): Decoded {
    const { length } = frame.bytes;
    const { decoder } = this.#protocol;
    const stream = this.#streams[frame.direction];
    const stretch = stream.push(frame);
    const places: Place[] = [];
    let end = 0;
    let found: Search<Place> | undefined = this.#goesOn[frame.direction];
    while (end < stretch.bytes.length) {
      found = typeof found === "function" ? found(stretch.bytes, end) : this.#protocol.find(stretch.bytes, end);
      if (typeof found !== "object") break;
      places.push(found);
      end = found.to;
    }
    // What is broken ends the stream: another packet may begin with the next frame.
    const isBroken = found === "broken";
    const isKept = stream.keep(stretch, isBroken ? stretch.bytes.length : end);
    this.#goesOn[frame.direction] = isKept && typeof found === "function" ? found : undefined;
    if (places.length === 0) {
      if (isBroken) return streamBroken(decoder, length);
      return isKept ? streamPart(decoder, length) : streamTooLong(decoder, length);
    }
    const messages = places.slice(0, MOST_MESSAGES).map((place, i): FrameMessage => {
      const from = Math.max(0, place.from - stretch.before);
      const isLastTold = i === MOST_MESSAGES - 1;
      const to = isLastTold ? length : Math.min(length, place.to - stretch.before);
      return { from, to, decoded: this.#protocol.describe({ bytes: stretch.bytes, place, frame, from, to }) };
    });
    const whole = frameOf(decoder, messages, { length, value: undefined });
    if (stretch.before === 0) return whole;
    // What began before cannot be read of this frame alone.
    return new DecodedMessage({ ...whole, layers: whole.layers, value: () => whole.value, summary: () => whole.summary, derives: "value", joined: stretch.rows.length > 1 ? stretch.rows : [] });
  }
}

/** A frame that brings a part of a packet, and no end of one. */
export function streamPart({ id, name }: Pick<Decoder, "id" | "name">, length: number): Decoded {
  return new DecodedMessage({
    decoder: id,
    label: length === 0 ? "empty" : "part",
    kind: "event",
    summary: bytesSaid(length),
    layers: [{ stage: "transport", name, what: say("decode.packet-part"), from: 0, to: length, problem: undefined }],
    derives: "layers",
  });
}

/** A frame with which so much of a packet has come that it is not put together. */
export const streamTooLong = (self: Pick<Decoder, "id" | "name">, length: number): Decoded => streamBroken(self, length, say("decode.packet-too-long"), 0, "layers");

/** Bytes that are none of the protocol's packets. `derives`: this was learnt from what came before. */
export function streamBroken({ id, name }: Pick<Decoder, "id" | "name">, length: number, said = say("decode.records-none", { format: name }), from = 0, derives?: "layers"): Decoded {
  return new DecodedMessage({
    decoder: id,
    label: `not ${name}`,
    kind: "error",
    summary: bytesSaid(length),
    layers: [{ stage: "envelope", name, what: say("decode.broken"), from, to: from + length, problem: { said, offset: from } }],
    derives,
  });
}
