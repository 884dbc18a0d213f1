import { first } from "./first.ts";
import { handshake } from "./handshake.ts";

/** All that is said, in English: its keys are the codes, the `$names` of its patterns the values. What is not in `first` is loaded after the first paint. */
export const catalogue = { ...first, ...handshake } as const;

export type English = typeof catalogue;
