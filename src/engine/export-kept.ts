import { CaptureLog } from "./capture-log.ts";
import type { ExportedFile, ExportProgress, ExportRequest, LookedThrough } from "../contract/files.ts";
import type { LongCall } from "../contract/long-call.ts";
import { exportLog, findSecretsIn, type ExportEdges, type ExportStore } from "./export.ts";
import { readAbout, type CaptureFolders } from "./kept-captures.ts";
import { Refusal } from "../model/refusal.ts";
import { workInTurns } from "./turns.ts";
import { say } from "../model/said.ts";

/** Bytes of payload in memory: those of the export are read back from disk. */
const BUDGET = 1 << 20;

/** Exports all of a capture that nobody uses, beside whatever this engine does. Rejects with a `Refusal`. */
export function exportKept(folders: CaptureFolders, id: string, store: ExportStore, request: ExportRequest, edges: KeptEdges): Promise<ExportedFile> {
  return readKept(folders, id, edges, async (capture) => {
    const { name } = readAbout(await folders.readAbout(id).catch(() => undefined));
    return await exportLog(store, capture, undefined, request, { ...edges, name });
  });
}

/** What an export of it would mask. */
export function findSecretsInKept(folders: CaptureFolders, id: string, edges: KeptEdges): Promise<LookedThrough> {
  return readKept(folders, id, edges, (capture) => findSecretsIn(capture, undefined, edges));
}

type KeptEdges = ExportEdges & { readonly long: LongCall<ExportProgress> };

async function readKept<Result>(folders: CaptureFolders, id: string, edges: KeptEdges, use: (capture: CaptureLog) => Promise<Result>): Promise<Result> {
  const result = await folders.alone(id, async () => {
    const files = await folders.openFiles(id);
    try {
      const capture = new CaptureLog({ kept: files }, BUDGET, edges.faults, edges.tell);
      const readOn = (): boolean => {
        edges.long.goOn();
        if (capture.storage.state === "kept") edges.long.progress({ doing: "reading", share: capture.storage.read });
        return capture.recover();
      };
      await workInTurns(readOn, edges);
      return { value: await use(capture) };
    } finally {
      files.journal.close();
      files.payloads.close();
    }
  });
  if (result === "in use") throw new Refusal(say("engine.export-in-use"));
  return result.value;
}
