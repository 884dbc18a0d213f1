import type { DecodeContext, DecodeSession } from "../decoder.ts";
import { deflate } from "../decoders/deflate.ts";
import { mayBeDeflate } from "./guessed-head.ts";
import { openGuessed } from "./guessed-packing.ts";
import { inflate } from "./inflate.ts";

export { loadInflate } from "./inflate.ts";

export const openDeflate = (context: DecodeContext): DecodeSession => openGuessed(deflate, { mayBe: mayBeDeflate, unpack: inflate }, context);
