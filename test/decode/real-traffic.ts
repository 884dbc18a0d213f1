import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { ConnectionFacts, FrameToDecode } from "../../src/decode/decoder.ts";

export interface Traffic {
  readonly connection: ConnectionFacts;
  readonly frames: readonly FrameToDecode[];
}

type Printed = {
  connection: ConnectionFacts;
  frames: { direction: FrameToDecode["direction"]; opcode: number; base64: string }[];
}[];

const SCRIPT = fileURLToPath(new URL("./traffic-script.mjs", import.meta.url));
const MOST_OUTPUT = 1 << 26;

/** What real clients and the demo's real servers said to each other just now, by path. */
export async function captureTraffic(): Promise<Map<string, Traffic>> {
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT], { maxBuffer: MOST_OUTPUT });
  return new Map(
    (JSON.parse(stdout) as Printed).map(({ connection, frames }) => [
      new URL(connection.url).pathname,
      { connection, frames: frames.map(({ direction, opcode, base64 }) => ({ direction, opcode, bytes: new Uint8Array(Buffer.from(base64, "base64")) })) },
    ]),
  );
}
