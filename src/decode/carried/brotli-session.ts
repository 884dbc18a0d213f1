import type { DecodeContext, DecodeSession } from "../decoder.ts";
import { brotli } from "../decoders/brotli.ts";
import { mayBeBrotli } from "./guessed-head.ts";
import { openGuessed } from "./guessed-packing.ts";
import { unbrotli } from "./unbrotli.ts";

export { loadBrotli } from "./unbrotli.ts";

export const openBrotli = (context: DecodeContext): DecodeSession => openGuessed(brotli, { mayBe: mayBeBrotli, unpack: unbrotli }, context);
