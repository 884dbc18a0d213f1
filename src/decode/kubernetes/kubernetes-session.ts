import { OPCODE_BINARY, OPCODE_TEXT } from "../../model/frame.ts";
import { bytesIfBase64 } from "../../model/base64.ts";
import { takeCarried } from "../carried/carry.ts";
import { DecodedMessage } from "../decoded-message.ts";
import type { DecodeContext } from "../decoder.ts";
import type { Decoded, DecodeSession } from "../decoder.ts";
import { kubernetes } from "../decoders/kubernetes.ts";
import { streamBroken } from "../stream/stream-session.ts";
import { decodeUtf8 } from "../utf8-text.ts";

/** By their numbers (kubernetes/kubernetes, staging/src/k8s.io/apimachinery, "remotecommand"). */
const CHANNELS = ["stdin", "stdout", "stderr", "error", "resize"] as const;
const CLOSE = 255;

export const openKubernetes = (context: DecodeContext): DecodeSession => {
  const { subprotocol, url } = context.connection;
  const isBase64 = subprotocol.includes("base64");
  const isForwarding = /\/portforward(?:[?#]|$)/.test(url);
  const partsOf = isBase64 ? wrappedParts : plainParts;
  return {
    decode: ({ bytes, opcode, direction }) => {
      const isMessage = opcode === OPCODE_BINARY || opcode === OPCODE_TEXT;
      const parts = isMessage && bytes.length > 0 ? partsOf(bytes) : undefined;
      const name = parts && (isForwarding ? portChannel(parts.channel) : parts.channel === CLOSE ? "close" : CHANNELS[parts.channel]);
      if (parts === undefined || name === undefined) return context.isPinned ? streamBroken(kubernetes, bytes.length) : undefined;
      const { data } = parts;
      const carried = data.length === 0 ? undefined : takeCarried(context, direction, data, { from: 1, to: bytes.length });
      const layers: Decoded["layers"] = [{ stage: "envelope", name: kubernetes.name, what: name, from: 0, to: 1, problem: undefined }, ...(carried?.layers ?? [])];
      return new DecodedMessage({ decoder: kubernetes.id, label: name, kind: kindOf(name, data), value: carried?.value, summary: carried?.summary ?? name, layers, isPartial: carried?.isPartial ?? false });
    },
  };
};

interface Parts {
  readonly channel: number;
  readonly data: Uint8Array;
}

const plainParts = (bytes: Uint8Array): Parts => ({ channel: bytes[0] ?? 0, data: bytes.subarray(1) });

const DIGIT_0 = 0x30;
const DIGITS = 10;

/** A digit and base64. */
function wrappedParts(bytes: Uint8Array): Parts | undefined {
  const channel = (bytes[0] ?? 0) - DIGIT_0;
  const data = bytesIfBase64(decodeUtf8(bytes.subarray(1)));
  return channel < 0 || channel >= DIGITS || data === undefined ? undefined : { channel, data };
}

/** Of each port one for its data and one for its errors. */
const portChannel = (channel: number): string => `${channel % 2 === 0 ? "data" : "error"} ${channel >> 1}`;

const PORT_BYTES = 2;
const HAS_FAILED = /"status":\s*"Failure"/;

function kindOf(channel: string, data: Uint8Array): Decoded["kind"] {
  if (channel === "error") return HAS_FAILED.test(new TextDecoder().decode(data.subarray(0, 4096))) ? "error" : "control";
  // The first on it is the port's number.
  if (channel.startsWith("error ")) return data.length > PORT_BYTES ? "error" : "control";
  return channel === "resize" || channel === "close" ? "control" : "event";
}
