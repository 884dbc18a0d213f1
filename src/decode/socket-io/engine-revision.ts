import type { ConnectionFacts } from "../decoder.ts";

/** Of Engine.IO: 3 is spoken by Socket.IO 2, 4 by Socket.IO 3 and 4. */
export type EngineRevision = 3 | 4;

/** As the URL says it. */
export function revisionOf({ url }: Pick<ConnectionFacts, "url">): EngineRevision | undefined {
  const revision = /[?&]EIO=([34])(?:[&#]|$)/.exec(url)?.[1];
  return revision === undefined ? undefined : revision === "3" ? 3 : 4;
}
