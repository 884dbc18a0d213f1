import { Centrifuge } from "centrifuge";
import { talkAsCentrifugo } from "./centrifugo-talk.mjs";
import { clientVersions, textOf } from "./recorder.mjs";

/** Centrifugo: its own client; the server here answers as Centrifugo does. @param {import("./recorder.mjs").Recorder} recorder */
export async function recordCentrifugo({ WebSocket }) {
  await talkAsCentrifugo((url) => new Centrifuge(url, { websocket: WebSocket }), {
    commandsIn: (data) => textOf(data).split("\n").filter((line) => line !== "").map((line) => JSON.parse(line)),
    join: (replies) => replies.map((reply) => JSON.stringify(reply)).join("\n"),
    data: (value) => value,
  });
  return clientVersions("centrifuge");
}
