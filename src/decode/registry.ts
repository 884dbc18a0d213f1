import type { Decoder } from "./decoder.ts";
import { ably } from "./decoders/ably.ts";
import { actionCable } from "./decoders/action-cable.ts";
import { amqp } from "./decoders/amqp.ts";
import { bilibili } from "./decoders/bilibili.ts";
import { binance } from "./decoders/binance.ts";
import { brotli } from "./decoders/brotli.ts";
import { bson } from "./decoders/bson.ts";
import { cbor } from "./decoders/cbor.ts";
import { cdp } from "./decoders/cdp.ts";
import { centrifugoProtobuf } from "./decoders/centrifugo-protobuf.ts";
import { centrifugo } from "./decoders/centrifugo.ts";
import { ddp } from "./decoders/ddp.ts";
import { deflate } from "./decoders/deflate.ts";
import { devServer } from "./decoders/dev-server.ts";
import { discord } from "./decoders/discord.ts";
import { eventSource } from "./decoders/event-source.ts";
import { firebase } from "./decoders/firebase.ts";
import { gbk } from "./decoders/gbk.ts";
import { graphqlWs } from "./decoders/graphql-ws.ts";
import { gzip } from "./decoders/gzip.ts";
import { hocuspocus } from "./decoders/hocuspocus.ts";
import { htx } from "./decoders/htx.ts";
import { jsonLines } from "./decoders/json-lines.ts";
import { jsonRecords } from "./decoders/json-records.ts";
import { jsonRpc } from "./decoders/json-rpc.ts";
import { json } from "./decoders/json.ts";
import { jupyterBinary } from "./decoders/jupyter-binary.ts";
import { jupyter } from "./decoders/jupyter.ts";
import { kubernetes } from "./decoders/kubernetes.ts";
import { messagePack } from "./decoders/message-pack.ts";
import { mqtt } from "./decoders/mqtt.ts";
import { nats } from "./decoders/nats.ts";
import { okx } from "./decoders/okx.ts";
import { own } from "./decoders/own.ts";
import { phoenix } from "./decoders/phoenix.ts";
import { protobufSchema } from "./decoders/protobuf-schema.ts";
import { protobuf } from "./decoders/protobuf.ts";
import { pusher } from "./decoders/pusher.ts";
import { rSocket } from "./decoders/rsocket.ts";
import { shiftJis } from "./decoders/shift-jis.ts";
import { signalRMessagePack } from "./decoders/signalr-message-pack.ts";
import { signalR } from "./decoders/signalr.ts";
import { socketIo } from "./decoders/socket-io.ts";
import { sockJs } from "./decoders/sockjs.ts";
import { stomp } from "./decoders/stomp.ts";
import { tradingView } from "./decoders/trading-view.ts";
import { trpc } from "./decoders/trpc.ts";
import { utf16 } from "./decoders/utf-16.ts";
import { wampPacked } from "./decoders/wamp-packed.ts";
import { wamp } from "./decoders/wamp.ts";
import { wrappedText } from "./decoders/wrapped-text.ts";
import { xml } from "./decoders/xml.ts";
import { xmpp } from "./decoders/xmpp.ts";
import { yjs } from "./decoders/yjs.ts";
import { zlib } from "./decoders/zlib.ts";
import { zstd } from "./decoders/zstd.ts";

/**
 * Every decoder: one file in `decoders/` and one line here. The order is that in which they are asked: protocols of a
 * whole connection first, the surer before the less sure, then encodings of single messages.
 */
export const DECODERS = [
  // Protocols of a whole connection.
  eventSource, socketIo, sockJs, graphqlWs, signalR, signalRMessagePack, stomp, mqtt, nats, kubernetes, amqp, rSocket, xmpp, phoenix, actionCable, pusher, centrifugo, centrifugoProtobuf, ably, wamp, wampPacked, trpc, jsonRpc,
  ddp, firebase, jupyter, jupyterBinary, cdp, discord, tradingView, binance, okx, htx, bilibili, yjs, hocuspocus, devServer, own,
  // Encodings of a message: what unpacks, what the user has a schema for, then what is read.
  gzip, zlib, zstd, protobufSchema, deflate, brotli, utf16, gbk, shiftJis, jsonRecords, jsonLines, json, xml, bson, messagePack, cbor, protobuf, wrappedText,
] as const satisfies readonly Decoder[];

/** Undefined for an id of no decoder, as a saved capture of a later version may hold. */
export function decoderById(id: string): Decoder | undefined {
  return DECODERS.find((decoder) => decoder.id === id);
}
