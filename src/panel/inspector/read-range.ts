import { MOST_BYTES } from "../../contract/inspect.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import type { FrameIndex } from "../../model/units.ts";
import type { EngineClient } from "../engine-client.ts";

/** What is taken whole into the view at most: to copy it, or to show an image. */
export const MOST_READ = 32 * 2 ** 20;

/** Bytes `from` up to `to` of a payload. Rejects with a `Refusal` where they are too many. */
export async function readRange(engine: EngineClient, frame: FrameIndex, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
  if (to - from > MOST_READ) throw new Refusal(say("hex.too-many", { most: MOST_READ }));
  const whole = new Uint8Array(to - from);
  for (let at = from; at < to; at += MOST_BYTES) whole.set(await engine.call("bytes", { frame, from: at, to: Math.min(to, at + MOST_BYTES) }), at - from);
  return whole;
}
