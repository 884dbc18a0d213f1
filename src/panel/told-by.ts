import { Refusal } from "../model/refusal.ts";
import { say, type Told } from "../model/said.ts";

/**
 * What a failure tells. Whatever is no refusal is a bug: it is counted, as one that nobody caught is, and told as one, never
 * in a platform's words.
 */
export function toldBy(error: unknown): Told {
  if (error instanceof Refusal) return error.told;
  reportError(error);
  return say("panel.bug");
}
