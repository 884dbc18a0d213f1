import { OPCODE_BINARY, OPCODE_TEXT } from "../../model/frame.ts";
import { takeCarried } from "../carried/carry.ts";
import { DecodedMessage } from "../decoded-message.ts";
import type { DecodeContext } from "../decoder.ts";
import type { Decoded, DecodeSession } from "../decoder.ts";
import { kubernetes } from "../decoders/kubernetes.ts";
import { streamBroken } from "../stream/stream-session.ts";

/** By their numbers (kubernetes/kubernetes, staging/src/k8s.io/apimachinery, "remotecommand"). */
const CHANNELS = ["stdin", "stdout", "stderr", "error", "resize"] as const;
const CLOSE = 255;

export const openKubernetes = (context: DecodeContext): DecodeSession => ({
  decode: (frame) => {
    const { bytes, opcode, direction } = frame;
    if ((opcode !== OPCODE_BINARY && opcode !== OPCODE_TEXT) || bytes.length === 0) return context.isPinned ? streamBroken(kubernetes, bytes.length) : undefined;
    const [channel = 0] = bytes;
    const name = channel === CLOSE ? "close" : CHANNELS[channel];
    if (name === undefined) return context.isPinned ? streamBroken(kubernetes, bytes.length) : undefined;
    const data = bytes.subarray(1);
    const carried = data.length === 0 ? undefined : takeCarried(context, direction, data, { from: 1, to: bytes.length });
    const layers: Decoded["layers"] = [{ stage: "envelope", name: kubernetes.name, what: name, from: 0, to: 1, problem: undefined }, ...(carried?.layers ?? [])];
    return new DecodedMessage({ decoder: kubernetes.id, label: name, kind: kindOf(name, data), value: carried?.value, summary: carried?.summary ?? name, layers, isPartial: carried?.isPartial ?? false });
  },
});

const HAS_FAILED = /"status":\s*"Failure"/;

function kindOf(channel: string, data: Uint8Array): Decoded["kind"] {
  if (channel === "error") return HAS_FAILED.test(new TextDecoder().decode(data.subarray(0, 4096))) ? "error" : "control";
  return channel === "resize" || channel === "close" ? "control" : "event";
}
