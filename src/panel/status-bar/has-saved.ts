import type { Changed } from "../../contract/changed.ts";

/** There is something in the log, and it is on the disk. That a capture has begun is written too, and nothing that anybody would miss. */
export const hasSaved = ({ storage, frames, events, connections }: Changed): boolean =>
  storage.state === "saving" && storage.savedAt !== null && frames + events + connections.all > 0;
