import type { Decoder, FrameToDecode } from "../../src/decode/decoder.ts";
import { json } from "../../src/decode/decoders/json.ts";
import { DECODERS } from "../../src/decode/registry.ts";
import { serveDecoding } from "../../src/engine/decode-thread.ts";
import { serveNodeThread } from "../../src/node/node-thread.ts";

/** What JSON's decoder does at such a message. */
const PLANTED: readonly (readonly [RegExp, () => void])[] = [
  [/never-ends/, () => { for (;;); }],
  [/throws/, () => { throw new Error("planted"); }],
  [/allocates/, () => { for (const kept: string[][] = []; ; ) kept.push(Array.from({ length: 100_000 }, (_, i) => `${kept.length} ${i}`)); }],
];

/** JSON's decoder, which breaks at some messages. */
const hostile: Decoder = {
  ...json,
  open: (context) => {
    const session = json.open(context);
    return {
      decode: (frame: FrameToDecode) => {
        const text = Buffer.from(frame.bytes).toString();
        for (const [pattern, act] of PLANTED) if (pattern.test(text)) act();
        return session.decode(frame);
      },
    };
  },
};

serveNodeThread(serveDecoding(DECODERS.map((decoder) => (decoder.id === json.id ? hostile : decoder))));
