import type { Catalogue } from "../translated.ts";
import { compare } from "./compare.ts";
import { first } from "./first.ts";
import { format } from "./format.ts";
import { handshake } from "./handshake.ts";
import { hex } from "./hex.ts";
import { live } from "./live.ts";
import { importing } from "./import.ts";
import { menu } from "./menu.ts";
import { node } from "./node.ts";
import { raw } from "./raw.ts";
import { place } from "./place.ts";
import { query } from "./query.ts";
import { settings } from "./settings.ts";
import { snippet } from "./snippet.ts";
import { timeline } from "./timeline.ts";
import { workers } from "./workers.ts";

export const catalogue: Catalogue = { ...first, ...compare, ...format, ...handshake, ...hex, ...importing, ...live, ...menu, ...node, ...place, ...query, ...raw, ...settings, ...snippet, ...timeline, ...workers };
