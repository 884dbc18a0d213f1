import { OPCODE_BINARY } from "../../model/frame.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";
import { RECORD_SEPARATOR } from "../records/record-separator.ts";

const session = lazily(() => import("../signalr/message-pack-session.ts"));

/**
 * SignalR's hub protocol in MessagePack (dotnet/aspnetcore, src/SignalR/docs/specs/HubProtocol.md), which Blazor Server
 * speaks as `blazorpack`: messages with their length before them, several in a frame.
 *
 * Versions: 1 of the hub protocol; `blazorpack`.
 *
 * Sure from the client's handshake, which is JSON. An invocation with an id is a request, its completion the answer.
 */
export const signalRMessagePack = {
  id: "signalr-msgpack",
  name: "SignalR MessagePack",
  claims: "connection",
  streams: true,
  recognises: ({ bytes }, head) => bytes[bytes.length - 1] === RECORD_SEPARATOR && /^\{"protocol":"(?:messagepack|blazorpack)","version":\d+\}/.test(head),
  load: session.load,
  open: (context): DecodeSession => session.get().openSignalRMessagePack(context),
  encode: (value) => [{ opcode: OPCODE_BINARY, bytes: session.get().packHubMessages(value) }],
} as const satisfies Decoder;
