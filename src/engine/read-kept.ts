import type { Faults } from "../model/faults.ts";
import { Refusal } from "../model/refusal.ts";
import type { Said, Tell } from "../model/said.ts";
import { CaptureLog } from "./capture-log.ts";
import type { CaptureFolders } from "./kept-captures.ts";
import { workInTurns, type TurnEdges } from "./turns.ts";

/** Bytes of payload in memory: the others are read back from disk. */
const BUDGET = 1 << 20;

export interface ReadKeptEdges extends TurnEdges {
  readonly tell: Tell;
  readonly faults: Faults;
  /** Told the share that is read back; throws once nobody waits. */
  readonly onRead: (share: number) => void;
  /** Why it is refused where another engine records it. */
  readonly inUse: Said;
}

/**
 * Does something with a capture of this disk that is not being recorded elsewhere, read back beside whatever this engine does.
 * Rejects with a `Refusal`.
 */
export async function readKept<Result>(folders: CaptureFolders, id: string, edges: ReadKeptEdges, use: (capture: CaptureLog) => Promise<Result>): Promise<Result> {
  const read = async (): Promise<{ readonly value: Result }> => {
    const files = await folders.openFiles(id);
    try {
      const capture = new CaptureLog({ kept: files }, BUDGET, edges.faults, edges.tell);
      const readOn = (): boolean => {
        edges.onRead(capture.storage.state === "kept" ? capture.storage.read : 0);
        return capture.recover();
      };
      await workInTurns(readOn, edges);
      return { value: await use(capture) };
    } finally {
      files.journal.close();
      files.payloads.close();
    }
  };
  const result = await folders.alone(id, read);
  if (result !== "in use") return result.value;
  // Who has it open only looks at it too, and keeps it from being removed.
  if ((await folders.uses()).get(id) !== "open") throw new Refusal(edges.inUse);
  return (await read()).value;
}
