import type { Catalogue } from "../translated.ts";
import { capture } from "./capture.ts";
import { decode } from "./decode.ts";
import { engine } from "./engine.ts";
import { format } from "./format.ts";
import { join } from "./join.ts";
import { log } from "./log.ts";
import { query } from "./query.ts";
import { units } from "./units.ts";

export const catalogue: Catalogue = { ...capture, ...decode, ...engine, ...format, ...join, ...log, ...query, ...units };
