import { OPCODE_TEXT } from "../../model/frame.ts";
import { NO_NODE, NUMBER, OBJECT, sought, STRING, type SoughtText, type ValueDocument } from "../../model/value-document.ts";
import { LABEL_LENGTH, type Decoder, type DecodeSession } from "../decoder.ts";
import { RecordSession, type RecordFields } from "../records/record-session.ts";
import { RECORD_SEPARATOR, splitRecords } from "../records/split-records.ts";
import { cut, oneLine } from "../summary.ts";
import { beginsWith, decodeHead } from "../utf8-text.ts";

/**
 * SignalR's hub protocol in JSON (dotnet/aspnetcore, src/SignalR/docs/specs/HubProtocol.md): records that 0x1E ends, often
 * several in a frame.
 *
 * Sure from the client's handshake; of a connection from before, from a ping or a message that begins with its type. An
 * invocation with an id is a request, its completion the answer.
 */
export const signalR = {
  id: "signalr",
  name: "SignalR",
  claims: "connection",
  bodyIsText: true,
  readsAsText: true,
  recognises: ({ bytes, opcode }) =>
    opcode === OPCODE_TEXT && bytes[bytes.length - 1] === RECORD_SEPARATOR && beginsWith(bytes, "{") && SURE.test(decodeHead(bytes, SURE_BYTES)),
  open: (context): DecodeSession => new RecordSession(context, { decoder: signalR, split: splitRecords, read }),
} as const satisfies Decoder;

const SURE_BYTES = 64;
const SURE = /^\{"(?:protocol":"json","version":\d+\}|type":(?:6\}|[1-57],"(?:target|invocationId|headers|error|allowReconnect)":))/;

const TYPE = sought("type");
const TARGET = sought("target");
const INVOCATION_ID = sought("invocationId");
const ERROR = sought("error");
const PROTOCOL = sought("protocol");
/** By their numbers. */
const TYPES = ["", "Invocation", "StreamItem", "Completion", "StreamInvocation", "CancelInvocation", "Ping", "Close", "Ack", "Sequence"] as const;

function read(document: ValueDocument | undefined): RecordFields {
  const none = { id: undefined, answers: undefined, topic: undefined } as const;
  if (document?.kindOf(0) !== OBJECT) return { ...none, label: undefined, kind: "event" };
  const typeNode = document.find(0, TYPE);
  const type = typeNode !== NO_NODE && document.kindOf(typeNode) === NUMBER ? TYPES[Number(document.textOf(typeNode))] : undefined;
  const id = textOf(document, INVOCATION_ID);
  const hasError = document.find(0, ERROR) !== NO_NODE;
  switch (type) {
    case "Invocation":
    case "StreamInvocation": {
      const label = cut(oneLine(textOf(document, TARGET) ?? ""), LABEL_LENGTH) || type;
      return { ...none, label, kind: id === undefined ? "event" : "request", id, what: type };
    }
    case "Completion":
      return { ...none, label: named(type, id), kind: hasError ? "error" : "answer", answers: id, what: type };
    case "StreamItem":
    case "CancelInvocation":
      return { ...none, label: named(type, id), kind: type === "StreamItem" ? "event" : "control", what: type };
    case "Ping":
      return { ...none, label: type, kind: "heartbeat", what: type };
    case "Close":
    case "Ack":
    case "Sequence":
      return { ...none, label: type, kind: hasError ? "error" : "control", what: type };
    default:
      // The client names its protocol; the server answers with nothing, or with why not.
      if (document.childrenOf(0) === 0 || hasError || document.find(0, PROTOCOL) !== NO_NODE) {
        return { ...none, label: "handshake", kind: hasError ? "error" : "control", what: "handshake" };
      }
      return { ...none, label: undefined, kind: "event" };
  }
}

const named = (type: string, id: string | undefined): string => (id === undefined ? type : cut(oneLine(`${type} ${id}`), LABEL_LENGTH));

function textOf(document: ValueDocument, key: SoughtText): string | undefined {
  const node = document.find(0, key);
  return node !== NO_NODE && document.kindOf(node) === STRING ? document.textOf(node) : undefined;
}
