#!/usr/bin/env node
/** The command line. */
import { readTypeScript } from "../src/node/read-typescript.mjs";

await readTypeScript();
const { main } = await import("../src/node/main.ts");
process.exitCode = await main(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  columns: process.stdout.columns ?? 160,
  languages: [process.env["LC_ALL"], process.env["LC_MESSAGES"], process.env["LANG"]].flatMap((set) => (set ? [set.replace(/\..*$/, "").replace("_", "-")] : [])),
});
