import type { CopyForm } from "../../contract/files.ts";
import { say, type Said } from "../../model/said.ts";

/** What is told of a copy: `3 messages copied as JSON lines`. */
export function copied({ messages, isJsonLines }: CopyForm): Said {
  if (messages === 1) return say("copy.message");
  return isJsonLines ? say("copy.json-lines", { n: messages }) : say("copy.messages", { n: messages });
}
