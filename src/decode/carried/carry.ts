import { OPCODE_BINARY, OPCODE_TEXT, type Direction } from "../../model/frame.ts";
import { bytesDocument, textDocument } from "../lone-value.ts";
import { DecodedMessage, type MessageParts } from "../decoded-message.ts";
import type { Decoded, DecodeContext, Decoder, FrameToDecode, Layer } from "../decoder.ts";
import type { RecordRange } from "../records/record-range.ts";
import { bytesSaid, oneLine } from "../summary.ts";
import { decodeHead, decodeUtf8, isUtf8 } from "../utf8-text.ts";

const HEAD_BYTES = 4096;

/** What a frame carries, as its own decoder tells it, or as the text or bytes that it is. */
interface Carried extends Required<Pick<MessageParts, "value" | "summary" | "isPartial">> {
  /** `undefined`: no decoder was sure of it. */
  readonly within: Decoded | undefined;
  readonly layers: readonly Layer[];
}

/** `isText`: what it is taken for; left out, it is a text where it is UTF-8. Its layers have the carrier's place. */
export function takeCarried({ carried }: Pick<DecodeContext, "carried">, direction: Direction, bytes: Uint8Array, { from, to, topic = "" }: RecordRange & Pick<FrameToDecode, "topic">, isText = isUtf8(bytes, 0, bytes.length)): Carried {
  const within = carried({ direction, bytes, opcode: isText ? OPCODE_TEXT : OPCODE_BINARY, topic });
  return {
    within,
    value: within === undefined ? () => (isText ? textDocument(decodeUtf8(bytes)) : bytesDocument(bytes)) : () => within.value,
    summary: within === undefined ? () => (isText ? oneLine(decodeHead(bytes, HEAD_BYTES)) : bytesSaid(bytes.length)) : () => within.summary,
    // Places within what was carried are none of the frame's.
    layers: (within?.layers ?? []).map((layer): Layer => ({ ...layer, from, to, problem: layer.problem && { said: layer.problem.said, offset: from } })),
    isPartial: within?.isPartial ?? false,
  };
}

/** The carrier's own part of a message. */
interface Carrier extends Pick<MessageParts, "derives" | "joined"> {
  readonly layer: Layer;
  /** Where in the frame what it carries stands; left out, where the layer is. */
  readonly place?: RecordRange;
  readonly isText?: boolean;
}

/** A message that a frame carries, compressed or wrapped, as it would be told by itself, below one more layer. */
export function carry({ id, name }: Pick<Decoder, "id" | "name">, context: Pick<DecodeContext, "carried">, { direction, topic }: Pick<FrameToDecode, "direction" | "topic">, bytes: Uint8Array, { layer, place: { from, to } = layer, isText, derives, joined }: Carrier): Decoded {
  const { within, value, summary, layers, isPartial } = takeCarried(context, direction, bytes, { from, to, topic }, isText);
  return new DecodedMessage({
    decoder: id,
    speaks: within?.speaks,
    label: within?.label ?? name,
    // A frame of several answers is none itself.
    kind: within === undefined || (within.kind === "answer" && within.answers === undefined) ? "event" : within.kind,
    id: within?.id,
    answers: within?.answers,
    topic: within?.topic,
    namespace: within?.namespace,
    value,
    summary,
    layers: [layer, ...layers],
    isPartial,
    derives,
    joined,
  });
}
