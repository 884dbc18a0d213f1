import { capture } from "./capture.ts";
import { decode } from "./decode.ts";
import { engine } from "./engine.ts";
import { format } from "./format.ts";
import { join } from "./join.ts";
import { log } from "./log.ts";
import { query } from "./query.ts";
import { units } from "./units.ts";

/** All that is said, in English: its keys are the codes, the `$names` of its patterns the values. */
export const catalogue = { ...capture, ...decode, ...engine, ...format, ...join, ...log, ...query, ...units } as const;

export type English = typeof catalogue;
