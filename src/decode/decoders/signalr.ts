import { OPCODE_TEXT } from "../../model/frame.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";
import { RECORD_SEPARATOR } from "../records/record-separator.ts";
import { toJson } from "../value-json.ts";

const session = lazily(() => import("../signalr/signalr-session.ts"));

/**
 * SignalR's hub protocol in JSON (dotnet/aspnetcore, src/SignalR/docs/specs/HubProtocol.md): records that 0x1E ends, often
 * several in a frame.
 *
 * Versions: 1 of the hub protocol.
 *
 * Sure from the client's handshake; of a connection from before, from a ping or a message that begins with its type. An
 * invocation with an id is a request, its completion the answer.
 */
export const signalR = {
  id: "signalr",
  name: "SignalR",
  claims: "connection",
  streams: true,
  bodyIsText: true,
  readsAsText: true,
  recognises: ({ bytes }, head) => bytes[bytes.length - 1] === RECORD_SEPARATOR && SURE.test(head),
  load: session.load,
  open: (context): DecodeSession => session.get().openSignalR(context),
  encode: (value) => [{ opcode: OPCODE_TEXT, bytes: ENCODER.encode(`${toJson(value)}\u001e`) }],
} as const satisfies Decoder;

const ENCODER = new TextEncoder();
const SURE = /^\{"(?:protocol":"json","version":\d+\}|type":(?:6\}|[1-57],"(?:target|invocationId|headers|error|allowReconnect)":))/;
