/**
 * `npm run fixtures [name…]`: lets real clients and real servers of each protocol talk to each other, and writes what passed to
 * test/fixtures/traffic/. The tests read it there.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { recordActionCable } from "./traffic/action-cable.mjs";
import { recordBson } from "./traffic/bson.mjs";
import { recordCentrifugoProtobuf } from "./traffic/centrifugo-protobuf.mjs";
import { recordCentrifugo } from "./traffic/centrifugo.mjs";
import { recordInspector } from "./traffic/inspector.mjs";
import { recordMqtt } from "./traffic/mqtt.mjs";
import { recordBrotli, recordDeflate, recordGzip, recordUtf16, recordWrapped, recordZlib, recordZstd } from "./traffic/packed.mjs";
import { recordPhoenix } from "./traffic/phoenix.mjs";
import { Recorder } from "./traffic/recorder.mjs";
import { recordStomp } from "./traffic/stomp.mjs";
import { recordTrpc } from "./traffic/trpc.mjs";
import { recordVite } from "./traffic/vite.mjs";

/** By the decoder's id. @type {Readonly<Record<string, (recorder: Recorder) => Promise<string>>>} */
const RECORDERS = {
  "action-cable": recordActionCable,
  brotli: recordBrotli,
  bson: recordBson,
  cdp: recordInspector,
  centrifugo: recordCentrifugo,
  deflate: recordDeflate,
  "centrifugo-protobuf": recordCentrifugoProtobuf,
  "dev-server": recordVite,
  gzip: recordGzip,
  mqtt: recordMqtt,
  phoenix: recordPhoenix,
  stomp: recordStomp,
  trpc: recordTrpc,
  "utf-16": recordUtf16,
  "wrapped-text": recordWrapped,
  zlib: recordZlib,
  zstd: recordZstd,
};

const folder = new URL("../test/fixtures/traffic/", import.meta.url);
await mkdir(folder, { recursive: true });
const wanted = process.argv.slice(2);
for (const [id, record] of Object.entries(RECORDERS)) {
  if (wanted.length > 0 && !wanted.includes(id)) continue;
  const recorder = new Recorder();
  const by = await record(recorder);
  await writeFile(new URL(`${id}.json`, folder), `${JSON.stringify({ by, connections: recorder.connections }, undefined, 1)}\n`);
  console.log(`${id}: ${by}, ${recorder.connections.reduce((sum, { messages }) => sum + messages.length, 0)} messages`);
}
// Servers that linger end with the process.
process.exit();
