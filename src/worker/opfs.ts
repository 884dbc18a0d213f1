import type { AppendFile } from "../log/payload-pages.ts";
import type { ExportStore } from "../engine/export.ts";
import { heldLocks, holdLock } from "./locks.ts";
import { Refusal } from "../model/refusal.ts";
import { say, type Told } from "../model/said.ts";

/** The extension's own storage (OPFS): files, and where exports wait to be saved. */

/** What Chrome says of its storage, a full disk or a file that is gone, is a refusal and no bug. */
export function asRefusal(error: unknown): unknown {
  return error instanceof DOMException ? new Refusal(error.message.replace(/\.$/, ""), { cause: error }) : error;
}

function asked<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asRefusal(error);
  }
}

/** Asks Chrome's storage; rejects with a `Refusal` where Chrome does. */
export async function askStorage<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asRefusal(error);
  }
}

/** A name that is safe: OPFS itself refuses separators and dots. Undefined where nothing of this name is there. */
export async function findFolder(path: readonly string[]): Promise<FileSystemDirectoryHandle | undefined> {
  let folder = await navigator.storage.getDirectory();
  try {
    for (const name of path) folder = await folder.getDirectoryHandle(name);
    return folder;
  } catch (error) {
    if (error instanceof TypeError || (error instanceof DOMException && (error.name === "NotFoundError" || error.name === "TypeMismatchError"))) return undefined;
    throw error;
  }
}

export async function makeFolder(path: readonly string[]): Promise<FileSystemDirectoryHandle> {
  let folder = await navigator.storage.getDirectory();
  for (const name of path) folder = await folder.getDirectoryHandle(name, { create: true });
  return folder;
}

/** Names first, then whatever is done with them: a folder may go meanwhile. */
export async function namesIn(path: readonly string[]): Promise<string[]> {
  const folder = await findFolder(path);
  const names: string[] = [];
  if (folder !== undefined) for await (const name of folder.keys()) names.push(name);
  return names;
}

/**
 * A file to append to. It is opened so that another engine can read it beside: that only one writes is what the locks
 * are for.
 */
export async function openAppendFile(handle: FileSystemFileHandle): Promise<AppendFile> {
  const access = await askStorage(() => handle.createSyncAccessHandle({ mode: "readwrite-unsafe" }));
  let size = asked(() => access.getSize());
  return {
    get size() {
      return size;
    },
    append: (bytes) =>
      asked(() => {
        const written = access.write(bytes, { at: size });
        if (written < bytes.length) {
          // Half a block would look like damage.
          access.truncate(size);
          throw new Refusal(say("engine.disk-full"));
        }
        size += written;
      }),
    read: (offset, into) => asked(() => access.read(into, { at: offset })),
    flush: () => asked(() => access.flush()),
    cutTo: (length) =>
      asked(() => {
        access.truncate(length);
        size = length;
      }),
    close: () => access.close(),
  };
}

const EXPORTS = "exports";
const exportLock = (id: string): string => `framescope-exports-${id}`;

/** A folder for one engine's exports. What engines before left behind is removed. */
export async function openExports(id: string): Promise<ExportStore> {
  await holdLock(exportLock(id));
  const path = [EXPORTS, id];
  const folder = await makeFolder(path);
  await removeAbandonedExports();
  return {
    create: (name) =>
      askStorage(async () => {
        const file = await openAppendFile(await folder.getFileHandle(name, { create: true }));
        // An export of the same second may have left one of this name.
        file.cutTo(0);
        return { file, path: [...path, name] };
      }),
    remove: async (exported) => {
      const name = exported.at(-1);
      if (name !== undefined) await folder.removeEntry(name).catch(() => {});
    },
  };
}

export function noExports(why: Told): ExportStore {
  return {
    create: () => Promise.reject(new Refusal(say("engine.export-no-storage", { why }))),
    remove: () => Promise.resolve(),
  };
}

async function removeAbandonedExports(): Promise<void> {
  // Names first: whoever made a folder held its lock by then.
  const ids = await namesIn([EXPORTS]);
  const held = await heldLocks();
  const folder = await findFolder([EXPORTS]);
  for (const id of ids) {
    // One that cannot be removed now is tried again by the next engine.
    if (!held.has(exportLock(id))) await folder?.removeEntry(id, { recursive: true }).catch(() => {});
  }
}
