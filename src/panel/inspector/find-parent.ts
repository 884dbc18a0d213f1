import type { TreeLine } from "../../contract/inspect.ts";

const CHUNK = 500;

/**
 * The line of the container in which a line at `depth` stands: the nearest one above that is less deep. Null at the
 * root. Reads backwards in chunks, so the cost is the distance to the parent.
 */
export async function findParent(
  ask: (from: number, to: number) => Promise<readonly Pick<TreeLine, "depth">[]>,
  line: number,
  depth: number,
): Promise<number | null> {
  if (depth === 0) return null;
  for (let to = line; to > 0; to -= CHUNK) {
    const from = Math.max(0, to - CHUNK);
    const lines = await ask(from, to);
    const found = lines.findLastIndex((other) => other.depth < depth);
    if (found !== -1) return from + found;
  }
  return null;
}
