import { OPCODE_BINARY } from "../../model/frame.ts";
import type { DecodeContext, Decoder, DecodeSession } from "../decoder.ts";
import { headPattern } from "../json-protocol/head-pattern.ts";
import { jsonProtocol } from "../json-protocol/json-protocol.ts";
import { lazily } from "../lazily.ts";

const reading = lazily(() => import("../phoenix/phoenix-messages.ts"));

const inJson = jsonProtocol({
  id: "phoenix",
  name: "Phoenix Channels",
  suits: ({ url }) => /\/websocket\?(?:[^#]*&)?vsn=[12]\.\d/.test(url),
  sure: headPattern(
    String.raw`\[(?:null|"\d+"),(?:null|"\d+"),"[^"]+","phx_`,
    String.raw`\[(?:null|"\d+"),(?:null|"\d+"),"phoenix","heartbeat"`,
    String.raw`\{(?=…"topic":")…"event":"phx_(?:join|reply|close|error|leave)"`,
    String.raw`\{(?=…"topic":"phoenix")…"event":"heartbeat"`,
  ),
  reader: () => reading.get().readJsonMessage,
});

/**
 * Phoenix channels (hexdocs.pm/phoenix, "Writing a Channels Client"), serializers 1 and 2 in JSON, and the binary messages of
 * serializer 2; LiveView and Supabase Realtime speak it.
 *
 * Versions: 1.0.0 and 2.0.0 (the serializer's).
 *
 * Sure from `vsn=1.0.0` or `vsn=2.0.0` in the URL; else from a join, a reply or a heartbeat. What the page sends with a ref
 * is a request, the `phx_reply` of that ref the answer. A LiveView event is named by itself, and so is a broadcast. The value
 * of a binary message is its bytes.
 */
export const phoenix = {
  ...inJson,
  load: async () => {
    await Promise.all([inJson.load(), reading.load()]);
  },
  open: (context: DecodeContext): DecodeSession => {
    const text = inJson.open(context);
    return { decode: (frame) => (frame.opcode === OPCODE_BINARY ? reading.get().readBinary(frame) : undefined) ?? text.decode(frame) };
  },
  encode: (value, like) => (like.frame.opcode === OPCODE_BINARY ? reading.get().writeBinary(value, like.frame) : inJson.encode(value)),
} as const satisfies Decoder;
