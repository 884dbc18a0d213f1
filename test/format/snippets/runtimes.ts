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
export function run(command: string, parameters: readonly string[], { env = {}, cwd, within = 60_000 }: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string; readonly within?: number } = {}): Promise<Ran> {
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

/** Runs a program that does not end by itself until `isDone` of what it has printed; answers that. */
export function runUntil(isDone: (out: string) => boolean, command: string, parameters: readonly string[], { cwd, within = 60_000 }: { readonly cwd?: string; readonly within?: number } = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, { env: { PATH: `${BINARIES}:${process.env["PATH"] ?? ""}`, PYTHONUNBUFFERED: "1" }, cwd, stdio: ["pipe", "pipe", "pipe"], detached: true });
    let out = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece: Buffer) => void (out += piece.toString()));
    // What a shell started ends with it.
    const kill = (): void => void (child.pid !== undefined && child.exitCode === null && process.kill(-child.pid, "SIGKILL"));
    const looking = setInterval(() => isDone(out) && kill(), 50);
    const late = setTimeout(kill, within);
    child.on("error", reject);
    child.on("close", () => {
      clearInterval(looking);
      clearTimeout(late);
      resolve(out);
    });
  });
}
