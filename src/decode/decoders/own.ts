import type { Direction } from "../../model/frame.ts";
import type { MessageKind } from "../../model/message-kind.ts";
import { say } from "../../model/said.ts";
import type { OwnMessage } from "../../model/own-decoder.ts";
import type { Decoded, Decoder, FrameToDecode } from "../decoder.ts";
import { DecodedMessage } from "../decoded-message.ts";
import { readJson } from "../json/read-json.ts";

/**
 * A decoder of your own, a JavaScript module that you open: [own-decoders.md](own-decoders.md).
 *
 * Versions: as you write it.
 *
 * Sure only where the user chose it, for a connection or by URL pattern. What it answers is kept beside the log, so it is
 * asked once for each message. Not known: messages over 1 MiB, which it is not given.
 */
export const own = {
  id: "own",
  name: "Own Decoder",
  claims: "connection",
  isOutside: true,
  open: () => ({ decode: (frame) => decodeTold(frame) }),
} as const satisfies Decoder;

const encoder = new TextEncoder();

function decodeTold({ own: told, bytes, direction }: FrameToDecode): Decoded | undefined {
  if (told === undefined || told === null) return undefined;
  const { name, read } = told;
  const layer = { stage: "body", name, what: "", from: 0, to: bytes.length, problem: undefined } as const;
  if (read === "too long") {
    return new DecodedMessage({ decoder: own.id, label: name, kind: "event", isPartial: true, layers: [{ ...layer, what: say("decode.too-long") }] });
  }
  if ("problem" in read) {
    const problem = { said: say("decode.failed", { decoder: name, reason: read.problem }), offset: 0 };
    return new DecodedMessage({ decoder: own.id, label: `${name} failed`, kind: "error", summary: problem.said, derives: "layers", layers: [{ ...layer, what: say("decode.broken"), problem }] });
  }
  const { label, summary, topic, id, answers, json } = read;
  const { document } = json === undefined ? { document: undefined } : readJson(encoder.encode(json));
  return new DecodedMessage({
    decoder: own.id,
    label: label === "" ? name : label,
    kind: read.kind ?? kindOf(read, direction),
    id,
    answers,
    topic,
    value: document,
    ...(summary !== undefined && { summary }),
    layers: [layer],
    derives: "value",
  });
}

function kindOf({ id, answers }: OwnMessage, direction: Direction): MessageKind {
  if (answers !== undefined) return "answer";
  return id !== undefined && direction === "sent" ? "request" : "event";
}
