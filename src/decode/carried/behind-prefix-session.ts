import { say } from "../../model/said.ts";
import { DecodedMessage } from "../decoded-message.ts";
import type { DecodeContext, DecodeSession, Layer } from "../decoder.ts";
import { wrappedText } from "../decoders/wrapped-text.ts";
import { bytesSaid } from "../summary.ts";
import { carry } from "./carry.ts";

/** What the layer is called. */
const NAME = "Prefix";

/** What stands behind the bytes at the start of each message that the user has skipped. */
export const openBehindPrefix = (context: DecodeContext, skipped: number): DecodeSession => ({
  decode: ({ bytes, direction, topic }) => {
    const { id, name } = wrappedText;
    const from = Math.min(skipped, bytes.length);
    const problem = bytes.length < skipped ? { said: say("decode.prefix-short", { n: skipped }), offset: bytes.length } : undefined;
    const layer: Layer = { stage: "transport", name: NAME, what: bytesSaid(from), from: 0, to: from, problem };
    if (from === bytes.length) return new DecodedMessage({ decoder: id, label: name, kind: problem === undefined ? "event" : "error", summary: bytesSaid(bytes.length), layers: [layer] });
    return carry({ id, name }, context, { direction, topic }, bytes.subarray(from), { layer, place: { from, to: bytes.length } });
  },
});
