import { OPCODE_BINARY } from "../../model/frame.ts";
import type { DecodeContext, DecodeSession } from "../decoder.ts";
import { yjs } from "../decoders/yjs.ts";
import { streamBroken } from "../stream/stream-session.ts";
import { AWARENESS } from "./awareness.ts";
import { describeYjs, readAwareness } from "./describe-yjs.ts";

export const openYjs = ({ isPinned }: DecodeContext): DecodeSession => {
  let isSure = isPinned;
  return {
    decode: ({ bytes, opcode }) => {
      isSure ||= bytes[0] === AWARENESS && readAwareness(bytes, 0)?.isTelling === true;
      const decoded = isSure && (opcode === OPCODE_BINARY || isPinned) ? describeYjs(yjs, bytes, 0) : undefined;
      return decoded ?? (isPinned ? streamBroken(yjs, bytes.length) : undefined);
    },
  };
};
