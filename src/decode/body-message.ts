import { say, type Told } from "../model/said.ts";
import { DecodedMessage, type MessageParts } from "./decoded-message.ts";
import type { Decoded, Decoder, DecodeProblem } from "./decoder.ts";
import type { MessageFields } from "./fields/message-fields.ts";

type Encoding = Pick<Decoder, "id" | "name">;

interface BodyParts extends Pick<MessageParts, "value" | "summary" | "late" | "bytes" | "isJson" | "isPartial"> {
  readonly fields: MessageFields;
  readonly what: Told;
  /** Where it begins in the payload; its start where it is left out. */
  readonly from?: number;
  /** Where it ends in the payload. */
  readonly to: number;
  readonly problem: DecodeProblem | undefined;
}

/** What an encoding of free-form values makes of a message: named by its fields, else by the encoding. */
export function bodyMessage({ id, name }: Encoding, { fields, what, from = 0, to, problem, value, summary, late, bytes, isJson = false, isPartial = false }: BodyParts): Decoded {
  return new DecodedMessage({
    decoder: id,
    label: fields.label ?? name,
    kind: fields.kind,
    id: fields.id,
    answers: fields.answers,
    topic: fields.topic,
    value,
    isJson,
    summary,
    late,
    bytes,
    layers: [{ stage: "body", name, what, from, to, problem }],
    isPartial,
  });
}

/** Bytes that are none of the encoding's: what could be read of them, and where that ends. */
export function brokenBody({ id, name }: Encoding, { to, problem, value, summary }: Pick<BodyParts, "to" | "problem" | "value" | "summary">): Decoded {
  return new DecodedMessage({
    decoder: id,
    label: `not ${name}`,
    kind: "error",
    value,
    summary,
    layers: [{ stage: "body", name, what: say("decode.broken"), from: 0, to, problem }],
  });
}
