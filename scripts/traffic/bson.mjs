import { Binary, Decimal128, Long, ObjectId, serialize } from "bson";
import { serve, versions } from "./recorder.mjs";

/** BSON, as a MongoDB client's library writes it: changes of a collection. @param {import("./recorder.mjs").Recorder} recorder */
export async function recordBson(recorder) {
  const order = (/** @type {number} */ n) => ({ _id: new ObjectId(`64b7f0c2a1b2c3d4e5f6071${n}`), price: Decimal128.fromString(`12.${n}0`), at: new Date(1_767_323_045_678 + n), seq: Long.fromString("9007199254740993"), raw: new Binary(Uint8Array.of(1, 2, 255)) });
  const messages = [
    { type: "subscribe", id: 1, channel: "orders" },
    { type: "insert", channel: "orders", fullDocument: order(1) },
    { type: "update", channel: "orders", fullDocument: order(2), updated: ["price"] },
    { type: "heartbeat" },
  ];
  await serve(recorder, "/changes", messages.map((message) => serialize(message)));
  return versions("bson");
}
