import { Refusal } from "../model/refusal.ts";
import { say } from "../model/said.ts";

/** Rejects with a `Refusal` where Chrome does not let this page write, as where it has lost the focus. */
export async function writeClipboard(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch (error) {
    throw error instanceof DOMException && error.name === "NotAllowedError" ? new Refusal(say("copy.not-allowed"), { cause: error }) : error;
  }
}
