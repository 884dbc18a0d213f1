import { OPCODE_TEXT } from "../../model/frame.ts";
import type { DecodeSession } from "../decoder.ts";
import type { DecodeContext } from "../decoder.ts";
import { wrappedText } from "../decoders/wrapped-text.ts";
import { streamBroken } from "../stream/stream-session.ts";
import { openBehindPrefix } from "./behind-prefix-session.ts";
import { carry } from "./carry.ts";
import { unwrap } from "./unwrap.ts";

export function openWrappedText(context: DecodeContext): DecodeSession {
  const { prefix } = context.connection;
  return context.isPinned && prefix !== undefined ? openBehindPrefix(context, prefix) : openUnwrapped(context);
}

const openUnwrapped = (context: DecodeContext): DecodeSession => ({
  decode: (frame) => {
    const { bytes, opcode } = frame;
    if (!context.isPinned && (opcode !== OPCODE_TEXT || bytes.length > context.maxBytes)) return undefined;
    const unwrapped = unwrap(bytes);
    if (unwrapped === undefined) return context.isPinned ? streamBroken(wrappedText, bytes.length) : undefined;
    const [what, inner] = unwrapped;
    const layer = { stage: "transport", name: wrappedText.name, what, from: 0, to: bytes.length, problem: undefined } as const;
    const carried = carry(wrappedText, context, frame, inner, { layer });
    return carried.speaks === wrappedText.id && !context.isPinned ? undefined : carried;
  },
});

