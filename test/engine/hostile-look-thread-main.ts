import type { FrameToDecode } from "../../src/decode/decoder.ts";
import { json } from "../../src/decode/decoders/json.ts";
import { serveLooks } from "../../src/engine/look-thread.ts";
import { serveNodeThread } from "../../src/node/node-thread.ts";

const { open } = json;

/** JSON's decoder, which hangs at a message that somebody looks at. */
Object.assign(json, {
  open: (context: Parameters<typeof open>[0]) => {
    const session = open(context);
    return {
      decode: (frame: FrameToDecode) => {
        if (Buffer.from(frame.bytes).includes("never-ends")) for (;;);
        return session.decode(frame);
      },
    };
  },
});

serveNodeThread(serveLooks);
