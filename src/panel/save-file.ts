import type { ExportedFile } from "../contract/files.ts";
import { Refusal } from "../model/refusal.ts";
import { say } from "../model/said.ts";

/** The browser copies a blob's file after the click and does not say when it is done; a slow disk takes this long. */
const LEAST_WAIT = 30_000;
const SLOWEST_DISK = 10_000_000;

/** Rejects with a `Refusal` where it is gone: Chrome makes room as it sees fit. */
async function openFile(folders: readonly string[], name: string): Promise<File> {
  try {
    let directory = await navigator.storage.getDirectory();
    for (const part of folders) directory = await directory.getDirectoryHandle(part);
    return await (await directory.getFileHandle(name)).getFile();
  } catch (error) {
    throw error instanceof DOMException && error.name === "NotFoundError" ? new Refusal(say("engine.file-missing"), { cause: error }) : error;
  }
}

/**
 * Saves a finished export the way that works in a DevTools panel, where showSaveFilePicker is refused: a download link
 * on a blob URL. The bytes go from disk to disk.
 */
export async function saveFile(file: ExportedFile): Promise<{ readonly canDiscard: Promise<void> }> {
  const name = file.path.at(-1);
  if (name === undefined) throw new Error("The export has no file.");
  const url = download(file.name, new Blob([await openFile(file.path.slice(0, -1), name)], { type: file.mimeType }));
  const wait = LEAST_WAIT + (file.bytes / SLOWEST_DISK) * 1_000;
  const canDiscard = new Promise<void>((resolve) => setTimeout(resolve, wait)).then(() => URL.revokeObjectURL(url));
  return { canDiscard };
}

/** Saves a text, or bytes, that are in memory. */
export function saveText(name: string, mimeType: string, content: string | Uint8Array<ArrayBuffer>): void {
  const url = download(name, new Blob([content], { type: mimeType }));
  setTimeout(() => URL.revokeObjectURL(url), LEAST_WAIT);
}

function download(name: string, content: Blob): string {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  return url;
}
