import { MEDIA_HEAD, mediaTypeOf } from "../../model/media-type.ts";
import type { FrameIndex } from "../../model/units.ts";
import type { EngineClient } from "../engine-client.ts";
import { MOST_READ, readRange } from "./read-range.ts";

/** A picture or a sound. `bytes`: null where they are more than the view takes. */
export interface Media {
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer> | null;
}

/** What a binary message is to be shown or played as; null: it is neither. Rejects where its bytes cannot be read. */
export async function readMedia(engine: EngineClient, frame: FrameIndex, size: number): Promise<Media | null> {
  const type = mediaTypeOf(await engine.call("bytes", { frame, from: 0, to: Math.min(size, MEDIA_HEAD) }));
  if (type === undefined) return null;
  return { type, bytes: size > MOST_READ ? null : await readRange(engine, frame, 0, size) };
}
