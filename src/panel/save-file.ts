import type { ExportedFile } from "../contract/files.ts";

/** The browser copies a blob's file after the click and does not say when it is done; a slow disk takes this long. */
const LEAST_WAIT = 30_000;
const SLOWEST_DISK = 10_000_000;

/**
 * Saves a finished export the way that works in a DevTools panel, where showSaveFilePicker is refused: a download link
 * on a blob URL. The bytes go from disk to disk.
 */
export async function saveFile(file: ExportedFile): Promise<{ readonly canDiscard: Promise<void> }> {
  const name = file.path.at(-1);
  if (name === undefined) throw new Error("The export has no file.");
  let directory = await navigator.storage.getDirectory();
  for (const part of file.path.slice(0, -1)) directory = await directory.getDirectoryHandle(part);
  const handle = await directory.getFileHandle(name);
  const url = URL.createObjectURL(new Blob([await handle.getFile()], { type: file.mimeType }));
  const link = document.createElement("a");
  link.href = url;
  link.download = file.name;
  link.click();
  const wait = LEAST_WAIT + (file.bytes / SLOWEST_DISK) * 1_000;
  const canDiscard = new Promise<void>((resolve) => setTimeout(resolve, wait)).then(() => URL.revokeObjectURL(url));
  return { canDiscard };
}
