import type { DecodeContext, Decoder, DecodeSession } from "../decoder.ts";
import { headPattern } from "../json-protocol/head-pattern.ts";
import { jsonProtocol } from "../json-protocol/json-protocol.ts";
import { lazily } from "../lazily.ts";

const BATCHED = "wamp.2.json.batched";
const reading = lazily(() => import("../wamp/wamp-session.ts"));

const alone = jsonProtocol({
  id: "wamp",
  name: "WAMP",
  suits: ({ subprotocol }) => subprotocol === "wamp.2.json" || subprotocol === BATCHED,
  sure: headPattern(String.raw`\[1,"[\w.]+",\{…"roles":\{`, String.raw`\[2,\d+,\{…"roles":\{`),
  reader: () => reading.get().wampReader(),
});

/**
 * WAMP 2 (wamp-proto.org) in JSON, a message a frame, or several of them, each ended by 0x18 (`wamp.2.json.batched`).
 *
 * Versions: 2.
 *
 * Sure from the subprotocol `wamp.2.json` or `wamp.2.json.batched`. Calls, subscriptions and registrations are requests by
 * their ids, and what answers them is told by the protocol. A message is named by its procedure or topic, else by its code; an
 * event has the topic that was subscribed.
 */
export const wamp = {
  ...alone,
  load: async () => {
    await Promise.all([alone.load(), reading.load()]);
  },
  open: (context: DecodeContext): DecodeSession => (context.connection.subprotocol === BATCHED ? reading.get().openBatched(context, alone.open(context)) : alone.open(context)),
} as const satisfies Decoder;
