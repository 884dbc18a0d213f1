import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { builtCommandLine } from "../../scripts/build-command-line.mjs";
import type * as Main from "../../src/node/main.ts";

/** The command as it is installed. */
export const FRAMESCOPE = fileURLToPath(new URL("../../bin/framescope.cjs", import.meta.url));

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The real command, in a process of its own, as a person runs it. */
export function framescope(...parameters: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const env = { ...process.env, LC_ALL: "C.UTF-8", TZ: "UTC" };
    execFile(process.execPath, [FRAMESCOPE, ...parameters], { env, maxBuffer: 1 << 26 }, (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }));
  });
}

/** The same in this process, built as it is installed: threads that read TypeScript take a second each to start; with this on its standard input, and Ctrl+C when `interrupted` resolves. */
export async function runHere(parameters: readonly string[], input: Uint8Array = new Uint8Array(0), interrupted?: Promise<void>): Promise<Ran> {
  const out: Uint8Array[] = [];
  let err = "";
  // By Node itself, as the parts of it are.
  const { main } = createRequire(import.meta.url)(fileURLToPath(await builtCommandLine())) as typeof Main;
  const code = await main(parameters, {
    out: (text) => void out.push(Buffer.from(text)),
    write: (bytes) => void out.push(bytes.slice()),
    taken: () => Promise.resolve(),
    errors: (text) => void (err += text),
    progress: (text) => void (err += text),
    input: (async function* () {
      yield await Promise.resolve(input);
    })(),
    columns: 120,
    languages: ["en"],
    whenInterrupted: (callback) => {
      void interrupted?.then(callback);
      return () => {};
    },
    isTerminal: false,
    version: "0.0.0",
  });
  return { code, out: Buffer.concat(out).toString(), err };
}
