import { capturesList } from "./captures-list.ts";
import { compare } from "./compare.ts";
import { copy } from "./copy.ts";
import { decode } from "./decode.ts";
import { engine } from "./engine.ts";
import { connection } from "./connection.ts";
import { eventRows } from "./event-rows.ts";
import { findings } from "./findings.ts";
import { first } from "./first.ts";
import { format } from "./format.ts";
import { handshake } from "./handshake.ts";
import { headers } from "./headers.ts";
import { hex } from "./hex.ts";
import { importing } from "./import.ts";
import { inspector } from "./inspector.ts";
import { live } from "./live.ts";
import { menu } from "./menu.ts";
import { node } from "./node.ts";
import { own } from "./own.ts";
import { pairs } from "./pairs.ts";
import { palette } from "./palette.ts";
import { place } from "./place.ts";
import { query } from "./query.ts";
import { raw } from "./raw.ts";
import { replay } from "./replay.ts";
import { rules } from "./rules.ts";
import { schema } from "./schema.ts";
import { settings } from "./settings.ts";
import { snippet } from "./snippet.ts";
import { timeline } from "./timeline.ts";
import { tree } from "./tree.ts";
import { views } from "./views.ts";
import { welcome } from "./welcome.ts";
import { workers } from "./workers.ts";

/** All that is said, in English: its keys are the codes, the `$names` of its patterns the values. What is not in `first` is loaded after the first paint. */
export const catalogue = { ...first, ...capturesList, ...compare, ...connection, ...copy, ...decode, ...engine, ...eventRows, ...findings, ...format, ...handshake, ...headers, ...hex, ...importing, ...inspector, ...live, ...menu, ...node, ...own, ...pairs, ...palette, ...place, ...query, ...raw, ...replay, ...rules, ...schema, ...settings, ...snippet, ...timeline, ...tree, ...views, ...welcome, ...workers } as const;

export type English = typeof catalogue;
