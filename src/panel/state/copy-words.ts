import type { CopyForm } from "../../engine/contract.ts";

/** What is copied, as the end of a sentence: `3 messages as JSON lines`. */
export function copiedWords({ messages, isJsonLines }: CopyForm): string {
  if (messages === 1) return "the message";
  return `${messages.toLocaleString("en-US")} messages${isJsonLines ? " as JSON lines" : ""}`;
}
