import type { BlockReader } from "./block.ts";
import { readPlainBody } from "./body.ts";
import { HEAD_LENGTH, readCheckedHead } from "./head.ts";

/** Version 3 of the journal's blocks, which Framescope 0.1 wrote: a body is columns and events, and nothing can be added to it. */
export const version3: BlockReader = { version: 3, headLength: HEAD_LENGTH, readHead: (view) => readCheckedHead(3, view), readBody: readPlainBody };
