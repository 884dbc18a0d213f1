import type { BlockReader } from "./block.ts";
import { version2 } from "./version-2.ts";
import { version3 } from "./version-3.ts";
import { version4 } from "./version-4.ts";

/** Every version of the format that is read: one file in this folder, one line here, and a capture of it in `test/fixtures/captures/`. */
export const BLOCK_READERS = [version2, version3, version4] as const satisfies readonly BlockReader[];

/** The newest alone is written. */
export { writeBlock } from "./version-4.ts";
