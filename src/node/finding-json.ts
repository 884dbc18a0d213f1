import type { ListedFinding } from "../contract/findings.ts";
import type { Speaker } from "../words/speaker.ts";

/** A finding as a script reads it: rows by their number, from 1. */
export const findingJson = ({ rule, group, weight, title, said, connections, url, frames, frameCount, link }: ListedFinding, { tell, tellAll }: Speaker): object => ({
  rule,
  group,
  weight,
  title: tell(title),
  text: tellAll(said),
  connections,
  url,
  rows: frames.map((frame) => frame + 1),
  rowCount: frameCount,
  link,
});
