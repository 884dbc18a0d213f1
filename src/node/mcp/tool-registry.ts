import type { Tool } from "./tool.ts";
import { captures } from "./tools/captures.ts";
import { code } from "./tools/code.ts";
import { compare } from "./tools/compare.ts";
import { connections } from "./tools/connections.ts";
import { findings } from "./tools/findings.ts";
import { handshake } from "./tools/handshake.ts";
import { message } from "./tools/message.ts";
import { open } from "./tools/open.ts";
import { rows } from "./tools/rows.ts";
import { statistics } from "./tools/statistics.ts";

/** Every tool: one file in `tools/` and one line here. */
export const TOOLS: readonly Tool[] = [open, captures, connections, handshake, rows, message, statistics, findings, compare, code];
