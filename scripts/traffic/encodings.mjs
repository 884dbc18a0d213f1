/** Encodings: a feed as libraries write it, a message a frame or several. */
import { spawnSync } from "node:child_process";
import { encode as pack } from "@msgpack/msgpack";
import { encode as toCbor } from "cborg";
import protobuf from "protobufjs";
import { serve, versions } from "./recorder.mjs";

/** @typedef {import("./recorder.mjs").Recorder} Recorder */

const VALUES = [
  { type: "subscribed", channel: "trades", symbols: ["BTC-USD", "ETH-USD"] },
  { type: "trade", symbol: "BTC-USD", id: 71, price: 64000.1, tags: null, isBuy: true },
  { type: "book", symbol: "BTC-USD", bids: [[64000, 1], [63999, 2]] },
  { type: "heartbeat", note: "東京" },
];
const NODE = `Node ${process.version}`;

/** @param {Recorder} recorder */
export async function recordMessagePack(recorder) {
  const values = [...VALUES, { type: "filled", at: new Date(1_767_323_045_678), raw: Uint8Array.of(1, 2, 255) }];
  await serve(recorder, "/msgpack", values.map((value) => pack(value)));
  return versions("@msgpack/msgpack");
}

/** @param {Recorder} recorder */
export async function recordCbor(recorder) {
  await serve(recorder, "/cbor", [...VALUES, { type: "filled", big: 9_007_199_254_740_993n, raw: Uint8Array.of(1, 2, 255) }].map((value) => toCbor(value)));
  return versions("cborg");
}

/** @param {Recorder} recorder */
export async function recordJson(recorder) {
  await serve(recorder, "/json", [...VALUES.map((value) => JSON.stringify(value)), JSON.stringify(VALUES[2], undefined, 2), Buffer.from(JSON.stringify(VALUES[1]))]);
  return NODE;
}

/** @param {Recorder} recorder */
export async function recordJsonLines(recorder) {
  const lines = (/** @type {readonly object[]} */ values) => values.map((value) => `${JSON.stringify(value)}\n`).join("");
  await serve(recorder, "/lines", [lines(VALUES), lines(VALUES.slice(1, 3))]);
  return NODE;
}

/** @param {Recorder} recorder */
export async function recordJsonRecords(recorder) {
  const records = (/** @type {readonly object[]} */ values) => values.map((value) => `${JSON.stringify(value)}\u001e`).join("");
  await serve(recorder, "/records", [records(VALUES.slice(0, 1)), records(VALUES)]);
  return NODE;
}

/** @param {Recorder} recorder */
export async function recordProtobuf(recorder) {
  const { root } = protobuf.parse('syntax = "proto3"; message Trade { string symbol = 1; double price = 2; uint64 id = 3; Side side = 4; repeated Level bids = 5; } message Level { double price = 1; uint32 size = 2; } enum Side { NONE = 0; BUY = 1; }');
  const Trade = root.lookupType("Trade");
  const trades = [{ symbol: "BTC-USD", price: 64000.1, id: 71, side: 1 }, { symbol: "ETH-USD", price: 3100.2, id: 72 }, { symbol: "BTC-USD", price: 64000.2, id: 73, bids: [{ price: 64000, size: 1 }, { price: 63999, size: 2 }] }];
  await serve(recorder, "/protobuf", trades.map((trade) => Trade.encode(trade).finish()));
  return versions("protobufjs");
}

/** Of Python, which writes XML in any character set. */
const PYTHON = `
import base64, json, sys, xml.etree.ElementTree as ET
def order(n, item):
    root = ET.Element("order", id=str(n))
    ET.SubElement(root, "item").text = item
    ET.SubElement(root, "qty").text = "2"
    return root
for charset, items in (("utf-8", ["tea", "café"]), ("gbk", ["茶叶", "今天天气不错"]), ("shift_jis", ["東京", "お茶"])):
    print(json.dumps([base64.b64encode(ET.tostring(order(n, item), encoding=charset, xml_declaration=True)).decode() for n, item in enumerate(items)]))
`;

/** @param {string} text */
function fromPython(text) {
  const { stdout, status, stderr } = spawnSync("/usr/bin/python3", ["-c", PYTHON], { encoding: "utf8" });
  if (status !== 0) throw new Error(`Python cannot write XML: ${stderr}`);
  const version = spawnSync("/usr/bin/python3", ["--version"], { encoding: "utf8" }).stdout.trim();
  const lines = stdout.trim().split("\n").map((line) => /** @type {string[]} */ (JSON.parse(line)).map((message) => Buffer.from(message, "base64")));
  return { version, messages: lines[["xml", "gbk", "shift-jis"].indexOf(text)] ?? [] };
}

/** In text and in binary messages. @param {Recorder} recorder */
export async function recordXml(recorder) {
  const { version, messages } = fromPython("xml");
  await serve(recorder, "/xml", [...messages, ...messages.map((message) => message.toString())]);
  return version;
}

/** @param {"gbk" | "shift-jis"} charset @returns {(recorder: Recorder) => Promise<string>} */
const recordCharset = (charset) => async (recorder) => {
  const { version, messages } = fromPython(charset);
  await serve(recorder, `/${charset}`, messages);
  return version;
};
export const recordGbk = recordCharset("gbk");
export const recordShiftJis = recordCharset("shift-jis");
