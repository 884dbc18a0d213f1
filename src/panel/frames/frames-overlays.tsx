import { useWhole } from "../controls/use-whole.ts";
import { ClearedStrip } from "./cleared-strip.tsx";
import { FilterInstead } from "./filter-instead.tsx";
import { PausedStrip } from "./paused-strip.tsx";
import { RowsBelowPill } from "./rows-below-pill.tsx";
import { Searching } from "./searching.tsx";
import { SpokenCount } from "./spoken-count.tsx";

/** What stands over the table now and then, and below it: one chunk, loaded after the first paint. */
export function FramesOverlays() {
  if (!useWhole()) return null;
  return (
    <>
      <FilterInstead />
      <Searching />
      <RowsBelowPill />
      <PausedStrip />
      <ClearedStrip />
      <SpokenCount />
    </>
  );
}
