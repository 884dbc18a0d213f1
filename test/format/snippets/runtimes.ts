import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The interpreter with the distribution's modules; undefined where it has not all of them. */
export function findPython(modules: readonly string[]): string | undefined {
  for (const python of ["/usr/bin/python3", "python3"]) {
    if (spawnSync(python, ["-c", modules.map((module) => `import ${module}`).join("\n")], { stdio: "ignore" }).status === 0) return python;
  }
  return undefined;
}

export const BINARIES = fileURLToPath(new URL("../../../node_modules/.bin", import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a program to its end. Its input stays open. */
export function run(command: string, parameters: readonly string[], { env = {}, cwd, within = 20_000 }: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string; readonly within?: number } = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, { env: { PATH: `${BINARIES}:${process.env["PATH"] ?? ""}`, ...env }, cwd, timeout: within, stdio: ["pipe", "pipe", "pipe"] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (piece: Buffer) => out.push(piece));
    child.stderr.on("data", (piece: Buffer) => err.push(piece));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }));
  });
}
