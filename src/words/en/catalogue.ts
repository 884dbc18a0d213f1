import { first } from "./first.ts";
import { format } from "./format.ts";
import { handshake } from "./handshake.ts";
import { menu } from "./menu.ts";
import { node } from "./node.ts";
import { settings } from "./settings.ts";

/** All that is said, in English: its keys are the codes, the `$names` of its patterns the values. What is not in `first` is loaded after the first paint. */
export const catalogue = { ...first, ...format, ...handshake, ...menu, ...node, ...settings } as const;

export type English = typeof catalogue;
