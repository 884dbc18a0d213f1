import { OPCODE_TEXT } from "../../model/frame.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";
import { RecordSession } from "../records/record-session.ts";
import { RECORD_SEPARATOR, splitRecords } from "../records/split-records.ts";
import { readHubMessage } from "../signalr/read-hub-message.ts";
import { toJson } from "../value-json.ts";

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
  recognises: ({ bytes }, head) => bytes[bytes.length - 1] === RECORD_SEPARATOR && SURE.test(head),
  open: (context): DecodeSession => new RecordSession(context, { decoder: signalR, split: splitRecords, read: readHubMessage }),
  encode: (value) => [{ opcode: OPCODE_TEXT, bytes: ENCODER.encode(`${toJson(value)}\u001e`) }],
} as const satisfies Decoder;

const ENCODER = new TextEncoder();
const SURE = /^\{"(?:protocol":"json","version":\d+\}|type":(?:6\}|[1-57],"(?:target|invocationId|headers|error|allowReconnect)":))/;
