import type { MessageId } from "../../model/message-id.ts";
import type { MessageKind } from "../../model/message-kind.ts";
import { DecodedMessage, fitLabel, type LateReading } from "../decoded-message.ts";
import type { Decoded, KnownMessage } from "../decoder.ts";
import { json } from "../decoders/json.ts";
import type { MessageFields } from "../fields/message-fields.ts";
import { oneLine } from "../summary.ts";
import { decodeHead } from "../utf8-text.ts";
import { AN_OBJECT } from "./describe-json.ts";
import { readJson } from "./read-json.ts";

export const HEAD_BYTES = 4096;
export const JSON_TEXT: LateReading = { value: (bytes) => readJson(bytes).document, summary: (bytes) => oneLine(decodeHead(bytes, HEAD_BYTES)) };

/** An object alone, without a problem. */
const OBJECT_TEXT: LateReading = { ...JSON_TEXT, layers: (bytes) => [{ stage: "body", name: json.name, what: AN_OBJECT, from: 0, to: bytes.length, problem: undefined }] };

/** A text message that is one object, whose fields were told without a reading of it. */
export class KnownJson implements KnownMessage {
  readonly decoder = json.id;
  readonly speaks = json.id;
  readonly namespace = undefined;
  readonly label: string;
  readonly kind: MessageKind;
  readonly id: MessageId | undefined;
  readonly answers: MessageId | undefined;
  readonly topic: string | undefined;

  constructor({ label, kind, id, answers, topic }: MessageFields) {
    this.label = fitLabel(label ?? json.name) || json.id;
    this.kind = kind;
    this.id = id;
    this.answers = answers;
    this.topic = topic;
  }

  whole(bytes: Uint8Array): Decoded {
    const { label, kind, id, answers, topic } = this;
    return new DecodedMessage({ decoder: json.id, label, kind, id, answers, topic, late: OBJECT_TEXT, bytes, isJson: true });
  }
}
