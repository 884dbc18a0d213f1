import type { AddCommand } from "./command.ts";
import { addCheck } from "./commands/check.ts";
import { addCode } from "./commands/code.ts";
import { addConnect } from "./commands/connect.ts";
import { addConvert } from "./commands/convert.ts";
import { addDiff } from "./commands/diff.ts";
import { addFindings } from "./commands/findings.ts";
import { addMcp } from "./commands/mcp.ts";
import { addRecord } from "./commands/record.ts";
import { addRedact } from "./commands/redact.ts";
import { addReplay } from "./commands/replay.ts";
import { addShow } from "./commands/show.ts";
import { addStats } from "./commands/stats.ts";

/** Every command: one file in `commands/` and one line here. */
export const COMMANDS: readonly AddCommand[] = [addShow, addConvert, addRedact, addStats, addFindings, addDiff, addCheck, addCode, addRecord, addConnect, addReplay, addMcp];
