import type { ExportedFile, ExportProgress, ExportRequest, LookedThrough } from "../contract/files.ts";
import type { LongCall } from "../contract/long-call.ts";
import { exportLog, findSecretsIn, type ExportEdges, type ExportStore } from "./export.ts";
import { readAbout, type CaptureFolders } from "./kept-captures.ts";
import { readKept, type ReadKeptEdges } from "./read-kept.ts";
import { say } from "../model/said.ts";

/** Exports all of a capture that nobody uses, beside whatever this engine does. Rejects with a `Refusal`. */
export function exportKept(folders: CaptureFolders, id: string, store: ExportStore, request: ExportRequest, edges: KeptEdges): Promise<ExportedFile> {
  return readKept(folders, id, edgesOf(edges), async (capture) => {
    const { name } = readAbout(await folders.readAbout(id).catch(() => undefined));
    return await exportLog(store, capture, undefined, request, { ...edges, name });
  });
}

/** What an export of it would mask. */
export function findSecretsInKept(folders: CaptureFolders, id: string, edges: KeptEdges): Promise<LookedThrough> {
  return readKept(folders, id, edgesOf(edges), (capture) => findSecretsIn(capture, undefined, edges));
}

type KeptEdges = ExportEdges & { readonly long: LongCall<ExportProgress> };

function edgesOf(edges: KeptEdges): ReadKeptEdges {
  const onRead = (share: number): void => {
    edges.long.goOn();
    edges.long.progress({ doing: "reading", share });
  };
  return { ...edges, onRead, inUse: say("engine.export-in-use") };
}
