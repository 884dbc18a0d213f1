import { isColumnPath, MOST_COLUMN_PATHS, type ColumnPath } from "../contract/column-paths.ts";
import { Refusal } from "../model/refusal.ts";
import { say } from "../model/said.ts";
import { printPath, readPath } from "../query/path.ts";

/** Paths of the filter language with commas between. Throws a `Refusal` at one that is none. */
export function readColumnPaths(list: string): readonly ColumnPath[] {
  const tokens = list.split(",").map((token) => token.trim()).filter((token) => token !== "");
  if (tokens.length > MOST_COLUMN_PATHS) throw new Refusal(say("node.convert-columns-many", { most: MOST_COLUMN_PATHS }));
  return tokens.map((token) => {
    const read = readPath(token);
    const path = "problem" in read ? "" : printPath(read.value);
    if (!isColumnPath(path)) throw new Refusal(say("node.convert-no-column", { path: token }));
    return path;
  });
}
