import type { AddCommand } from "./command.ts";

/** Commands that go on until they are ended: whoever does not read what they print holds up nothing else of them. */
export const GO_ON: ReadonlySet<string> = new Set(["record", "connect", "replay", "mcp"]);

/** Every command, by its name: one file in `commands/` and one line here. One that is asked for loads no other. */
export const COMMANDS: Readonly<Record<string, () => Promise<AddCommand>>> = {
  show: async () => (await import("./commands/show.ts")).addShow,
  convert: async () => (await import("./commands/convert.ts")).addConvert,
  redact: async () => (await import("./commands/redact.ts")).addRedact,
  stats: async () => (await import("./commands/stats.ts")).addStats,
  findings: async () => (await import("./commands/findings.ts")).addFindings,
  diff: async () => (await import("./commands/diff.ts")).addDiff,
  check: async () => (await import("./commands/check.ts")).addCheck,
  code: async () => (await import("./commands/code.ts")).addCode,
  record: async () => (await import("./commands/record.ts")).addRecord,
  connect: async () => (await import("./commands/connect.ts")).addConnect,
  replay: async () => (await import("./commands/replay.ts")).addReplay,
  mcp: async () => (await import("./commands/mcp.ts")).addMcp,
};
