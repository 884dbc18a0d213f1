import { say } from "../../model/said.ts";
import { MOST_MESSAGES, type Decoded, type Decoder, type FrameMessage, type FrameToDecode } from "../decoder.ts";
import { DecodedMessage } from "../decoded-message.ts";
import { frameOf } from "../records/record-message.ts";
import type { RecordRange } from "../records/record-range.ts";
import { bytesSaid } from "../summary.ts";
import { ByteStream } from "./byte-stream.ts";

/** A packet at a place; `cut`: its end is not there yet; `broken`: none can begin so. */
export type Found<Place extends RecordRange> = Place | "cut" | "broken";

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
  /** `seen`: up to there a packet that begins at `from` was looked at before, and was cut. */
  find(bytes: Uint8Array, from: number, seen: number): Found<Place>;
  describe(packet: WholePacket<Place>): Decoded;
}

/**
 * A protocol whose packets are cut into messages anywhere: none, one or several are whole in each. Packets of a frame are
 * its messages; of one that began in frames before, what it says is kept beside the log.
 */
export class StreamSession<Place extends RecordRange> {
  readonly #protocol: StreamProtocol<Place>;
  readonly #streams = { sent: new ByteStream(), received: new ByteStream() };

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
    let isBroken = false;
    while (end < stretch.bytes.length) {
      const found = this.#protocol.find(stretch.bytes, end, end === 0 ? stretch.before : end);
      if (typeof found === "string") {
        isBroken = found === "broken";
        break;
      }
      places.push(found);
      end = found.to;
    }
    // What is broken ends the stream: another packet may begin with the next frame.
    const isKept = stream.keep(stretch, isBroken ? stretch.bytes.length : end);
    if (places.length === 0) {
      if (isBroken) return streamBroken(decoder, length);
      return isKept ? part(decoder, length) : streamBroken(decoder, length, say("decode.packet-too-long"));
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

function part({ id, name }: Pick<Decoder, "id" | "name">, length: number): Decoded {
  return new DecodedMessage({
    decoder: id,
    label: length === 0 ? "empty" : "part",
    kind: "event",
    summary: bytesSaid(length),
    layers: [{ stage: "transport", name, what: say("decode.packet-part"), from: 0, to: length, problem: undefined }],
    derives: "layers",
  });
}

/** Bytes that are none of the protocol's packets. */
export function streamBroken({ id, name }: Pick<Decoder, "id" | "name">, length: number, said = say("decode.records-none", { format: name }), from = 0): Decoded {
  return new DecodedMessage({
    decoder: id,
    label: `not ${name}`,
    kind: "error",
    summary: bytesSaid(length),
    layers: [{ stage: "envelope", name, what: say("decode.broken"), from, to: from + length, problem: { said, offset: from } }],
  });
}
