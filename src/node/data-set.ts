import { mkdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { ExportFormat } from "../format/export-format.ts";
import { cannotWrite } from "./told-by.ts";

/** Of what a name may have in a folder's that is told by other tools: nothing that one of them would read as more. */
const FOREIGN = /[^\p{L}\p{M}\p{N}_.-]+/gu;
const ENDINGS = /(?:\.(?:har|ndjson|jsonl|json|framescope|pcap|pcapng|zip|gz))+$/i;

/**
 * Where each of many captures goes, in the folder `out`: as one data set that engines read as a whole, of a format that is
 * made for them (`out/capture=NAME/part-0.parquet`, Hive's partitions), else a file each.
 */
export function placesInDataSet(inputs: readonly string[], out: string, format: ExportFormat): string[] {
  const taken = new Set<string>();
  return inputs.map((path) => {
    const plain = basename(path).replace(ENDINGS, "").replace(FOREIGN, "-").replace(/^[-.]+|[-.]+$/g, "") || "capture";
    let name = plain;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${plain}-${n}`;
    taken.add(name.toLowerCase());
    return format.isPartitioned === true ? join(out, `capture=${name}`, `part-0.${format.extension}`) : join(out, `${name}.${format.extension}`);
  });
}

/** Throws a `Refusal` with what the system says. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/** Whether a name is a folder's: it is there as one, or ends as one. */
export function isFolderName(path: string): boolean {
  return /[/\\]$/.test(path) || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
