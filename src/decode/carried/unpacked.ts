import { say, type Said } from "../../model/said.ts";
import { DecodedMessage } from "../decoded-message.ts";
import type { Decoded, Decoder, Layer } from "../decoder.ts";
import { bytesSaid } from "../summary.ts";
import { MOST_UNPACKED, type UnpackEnd } from "./unpack-stream.ts";

/** The layer of a compression, from one place of the frame to its end. */
export const packedLayer = ({ name }: Pick<Decoder, "name">, from: number, length: number, unpacked: number, problem?: Said): Layer => ({
  stage: "transport",
  name,
  what: say("decode.unpacked", { n: unpacked }),
  from: 0,
  to: length,
  problem: problem && { said: problem, offset: from },
});

/** Why what was unpacked is not all. */
export function unpackProblem(end: UnpackEnd, name: string): Said | undefined {
  switch (end) {
    case "whole":
      return undefined;
    case "broken":
      return say("decode.records-none", { format: name });
    case "too much":
      return say("decode.unpacked-too-much", { size: MOST_UNPACKED });
  }
}

/** Bytes of which nothing can be told. `derives`: this was learnt from what came before. */
export function unpackedNone({ id, name }: Pick<Decoder, "id" | "name">, length: number, said: Said = say("decode.records-none", { format: name }), derives?: "layers"): Decoded {
  return new DecodedMessage({
    decoder: id,
    label: `not ${name}`,
    kind: "error",
    summary: bytesSaid(length),
    layers: [{ stage: "transport", name, what: say("decode.broken"), from: 0, to: length, problem: { said, offset: 0 } }],
    derives,
  });
}
