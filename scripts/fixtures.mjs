/**
 * `npm run fixtures [name…]`: lets real clients and real servers of each protocol talk to each other, and writes what passed to
 * test/fixtures/traffic/. The tests read it there.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";
import { runCommand } from "./run-command.mjs";
import { recordActionCable } from "./traffic/action-cable.mjs";
import { recordHocuspocus, recordRSocket, recordYjs } from "./traffic/binary.mjs";
import { recordAmqp, recordJupyter, recordJupyterBinary, recordNats, recordXmpp } from "./traffic/brokers.mjs";
import { recordBson } from "./traffic/bson.mjs";
import { recordCentrifugoProtobuf } from "./traffic/centrifugo-protobuf.mjs";
import { recordCentrifugo } from "./traffic/centrifugo.mjs";
import { recordCbor, recordGbk, recordJson, recordJsonLines, recordJsonRecords, recordMessagePack, recordProtobuf, recordShiftJis, recordXml } from "./traffic/encodings.mjs";
import { recordGraphQl } from "./traffic/graphql.mjs";
import { recordAbly, recordDdp, recordFirebase, recordPusher } from "./traffic/hosted.mjs";
import { recordHotReload } from "./traffic/hot-reload.mjs";
import { recordInspector } from "./traffic/inspector.mjs";
import { recordJsonRpc } from "./traffic/json-rpc.mjs";
import { recordKubernetes } from "./traffic/kubernetes.mjs";
import { installLibraries } from "./traffic/libraries/library.mjs";
import { recordMqtt } from "./traffic/mqtt.mjs";
import { recordBrotli, recordDeflate, recordGzip, recordUtf16, recordWrapped, recordZlib, recordZstd } from "./traffic/packed.mjs";
import { recordPhoenix } from "./traffic/phoenix.mjs";
import { Recorder } from "./traffic/recorder.mjs";
import { recordSignalR, recordSignalRMessagePack } from "./traffic/signalr.mjs";
import { recordSocketIo } from "./traffic/socket-io.mjs";
import { recordSockJs } from "./traffic/sockjs.mjs";
import { recordStomp } from "./traffic/stomp.mjs";
import { recordTrpc } from "./traffic/trpc.mjs";
import { recordBilibili, recordBinance, recordDiscord, recordHtx, recordOkx, recordTradingView } from "./traffic/venues.mjs";
import { recordPackedWamp, recordWamp } from "./traffic/wamp.mjs";

/** By the decoder's id. @type {Readonly<Record<string, (recorder: Recorder) => Promise<string>>>} */
const RECORDERS = {
  ably: recordAbly,
  "action-cable": recordActionCable,
  amqp: recordAmqp,
  bilibili: recordBilibili,
  binance: recordBinance,
  brotli: recordBrotli,
  bson: recordBson,
  cbor: recordCbor,
  cdp: recordInspector,
  centrifugo: recordCentrifugo,
  "centrifugo-protobuf": recordCentrifugoProtobuf,
  ddp: recordDdp,
  deflate: recordDeflate,
  "dev-server": recordHotReload,
  discord: recordDiscord,
  firebase: recordFirebase,
  gbk: recordGbk,
  "graphql-ws": recordGraphQl,
  gzip: recordGzip,
  hocuspocus: recordHocuspocus,
  htx: recordHtx,
  json: recordJson,
  "json-lines": recordJsonLines,
  "json-records": recordJsonRecords,
  "json-rpc": recordJsonRpc,
  jupyter: recordJupyter,
  "jupyter-binary": recordJupyterBinary,
  kubernetes: recordKubernetes,
  mqtt: recordMqtt,
  msgpack: recordMessagePack,
  nats: recordNats,
  okx: recordOkx,
  phoenix: recordPhoenix,
  protobuf: recordProtobuf,
  pusher: recordPusher,
  rsocket: recordRSocket,
  "shift-jis": recordShiftJis,
  signalr: recordSignalR,
  "signalr-msgpack": recordSignalRMessagePack,
  "socket.io": recordSocketIo,
  sockjs: recordSockJs,
  stomp: recordStomp,
  tradingview: recordTradingView,
  trpc: recordTrpc,
  "utf-16": recordUtf16,
  wamp: recordWamp,
  "wamp-packed": recordPackedWamp,
  "wrapped-text": recordWrapped,
  xml: recordXml,
  xmpp: recordXmpp,
  yjs: recordYjs,
  zlib: recordZlib,
  zstd: recordZstd,
};

/** Recorded by another Node, which has Zstandard and runs the newest webpack-dev-server; npm has it as a package. */
const BY_NODE_22 = new Set("createZstdCompress" in zlib ? [] : ["discord", "dev-server"]);

await installLibraries();
const folder = new URL("../test/fixtures/traffic/", import.meta.url);
await mkdir(folder, { recursive: true });
const wanted = process.argv.slice(2);
for (const [id, record] of Object.entries(RECORDERS)) {
  if (wanted.length > 0 && !wanted.includes(id)) continue;
  if (BY_NODE_22.has(id)) {
    await runCommand("npx", ["-y", "-p", "node@22", "node", fileURLToPath(import.meta.url), id]);
    continue;
  }
  const recorder = new Recorder();
  const by = await record(recorder);
  await writeFile(new URL(`${id}.json`, folder), `${JSON.stringify({ by, connections: recorder.connections }, undefined, 1)}\n`);
  console.log(`${id}: ${by}, ${recorder.connections.reduce((sum, { messages }) => sum + messages.length, 0)} messages`);
}
// Servers that linger end with the process.
process.exit();
