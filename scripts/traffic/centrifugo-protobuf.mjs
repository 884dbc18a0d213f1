import { Centrifuge } from "centrifuge/build/protobuf";
import protobuf from "protobufjs";
import { talkAsCentrifugo } from "./centrifugo-talk.mjs";
import { clientVersions } from "./recorder.mjs";

/** As much of centrifugal/protocol, definitions/client.proto, as is said here. */
const { root } = protobuf.parse(`syntax = "proto3";
  message Command { uint32 id = 1; Connect connect = 4; Subscribe subscribe = 5; Publish publish = 7; Rpc rpc = 13; }
  message Connect { string token = 1; }
  message Subscribe { string channel = 1; }
  message Publish { string channel = 1; bytes data = 2; }
  message Rpc { bytes data = 1; string method = 2; }
  message Reply { uint32 id = 1; Error error = 2; Push push = 4; Connected connect = 5; Subscribed subscribe = 6; Published publish = 8; }
  message Error { uint32 code = 1; string message = 2; }
  message Push { string channel = 2; Publication pub = 4; }
  message Publication { bytes data = 4; }
  message Connected { string client = 1; string version = 2; uint32 ping = 7; bool pong = 8; }
  message Subscribed { string epoch = 6; uint64 offset = 8; }
  message Published {}`);
const Command = root.lookupType("Command");
const Reply = root.lookupType("Reply");

/** Centrifugo in Protocol Buffers: its own client; the server here answers as Centrifugo does. @param {import("./recorder.mjs").Recorder} recorder */
export async function recordCentrifugoProtobuf({ WebSocket }) {
  // The same class, built a second time.
  const connect = (/** @type {string} */ url) => /** @type {import("centrifuge").Centrifuge} */ (/** @type {unknown} */ (new Centrifuge(url, { websocket: WebSocket })));
  await talkAsCentrifugo(connect, {
    commandsIn: (data) => commandsIn(/** @type {Buffer} */ (data)),
    join: (replies) => Buffer.concat(replies.map((reply) => Reply.encodeDelimited(reply).finish())),
    data: (value) => new TextEncoder().encode(JSON.stringify(value)),
  });
  return clientVersions("centrifuge");
}

/** @param {Buffer} data @returns {any[]} */
function commandsIn(data) {
  const reader = protobuf.Reader.create(data);
  const commands = [];
  while (reader.pos < reader.len) commands.push(Command.decodeDelimited(reader));
  return commands;
}
