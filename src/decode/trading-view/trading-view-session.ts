import { OPCODE_TEXT, type Direction } from "../../model/frame.ts";
import { NO_NODE, type ValueDocument } from "../../model/value-document.ts";
import { DecodedMessage } from "../decoded-message.ts";
import type { DecodeContext } from "../decoder.ts";
import type { Decoded, DecodeSession } from "../decoder.ts";
import { tradingView } from "../decoders/trading-view.ts";
import { JsonMessage } from "../json-protocol/json-message.ts";
import { lendJson, readJson } from "../json/read-json.ts";
import { recordMessage, type RecordFields } from "../records/record-message.ts";
import { StreamSession, streamBroken, type WholePacket } from "../stream/stream-session.ts";
import { oneLine } from "../summary.ts";
import { beginsWith, decodeHead } from "../utf8-text.ts";
import { findMarked, MARK, type MarkedText } from "./find-text.ts";

export const openTradingView = ({ isPinned }: DecodeContext): DecodeSession => {
  const stream = new StreamSession<MarkedText>({ decoder: tradingView, find: findMarked, describe });
  return {
    decode: (frame) => (isPinned || (frame.opcode === OPCODE_TEXT && (stream.isOpen(frame) || beginsWith(frame.bytes, MARK))) ? stream.decode(frame) : undefined),
  };
};

const HEAD_BYTES = 32;

function describe({ bytes, place, frame, from, to }: WholePacket<MarkedText>): Decoded {
  const beat = /^~h~(\d{1,15})$/.exec(decodeHead(bytes.subarray(place.body, place.to), HEAD_BYTES));
  const layer = { stage: "envelope", name: tradingView.name, what: "", from, to, problem: undefined } as const;
  if (beat !== null) {
    const [, id] = beat;
    const isOurs = frame.direction === "sent";
    return new DecodedMessage({ decoder: tradingView.id, label: "heartbeat", kind: "heartbeat", id: isOurs ? undefined : id, answers: isOurs ? id : undefined, summary: `~h~${id ?? ""}`, layers: [{ ...layer, what: "heartbeat" }] });
  }
  const { document, problem } = lendJson(bytes, place.body, place.to);
  if (document === undefined || problem !== undefined) return streamBroken(tradingView, to - from, problem?.said, from);
  const fields = read(document, frame.direction);
  const told = recordMessage(tradingView, { bytes }, { from: place.body, to: place.to }, document, fields);
  return new DecodedMessage({ ...told, isJson: false, value: () => readJson(bytes, place.body, place.to).document, summary: () => told.summary, layers: told.layers.map((one) => ({ ...one, from, to })) });
}

function read(document: ValueDocument, direction: Direction): RecordFields {
  const message = new JsonMessage(document, direction);
  const method = message.text("m") ?? (message.has("session_id") ? "session" : undefined);
  const parameters = message.at("p");
  const topic = message.textOf(message.entries(parameters, 1)[0] ?? NO_NODE);
  const isError = method?.endsWith("_error") === true;
  return { label: method ?? "message", kind: isError ? "error" : method === "session" ? "control" : "event", id: undefined, answers: undefined, topic, what: oneLine(method ?? "message"), body: parameters };
}
