import type { AppendFile } from "../log/payload-pages.ts";
import type { LogFiles } from "./capture-log.ts";
import type { ExportStore } from "./export.ts";

/** One folder of the extension's own storage (OPFS), for one capture; a lock of its name says that it is in use. */
const FOLDER = "captures";
const PAYLOADS = "payloads";
const JOURNAL = "journal";

/** What the engine keeps on disk: the payloads of its log, and exports that wait to be saved by the user. */
export interface CaptureStorage {
  readonly logFiles: LogFiles;
  readonly exports: ExportStore;
}

/**
 * Makes the folder of a new capture, after removing those that no running engine holds. Never throws: where there is
 * no storage the log stays in memory and says why, and an export says it when it is asked for.
 */
export async function openCaptureStorage(id: string): Promise<CaptureStorage> {
  const path = [FOLDER, id];
  try {
    await holdLock(lockName(id));
    const root = await navigator.storage.getDirectory();
    const captures = await root.getDirectoryHandle(FOLDER, { create: true });
    await removeAbandoned(captures);
    const folder = await captures.getDirectoryHandle(id, { create: true });
    const payloads = await openAppendFile(folder, PAYLOADS);
    const journal = await openAppendFile(folder, JOURNAL);
    return { logFiles: { payloads, journal }, exports: opfsExports(folder, path) };
  } catch (error) {
    const why = `Chrome gives no storage on this disk (${error instanceof Error ? error.message : String(error)}). Frames are kept in memory up to the budget; free some space and reopen DevTools.`;
    return { logFiles: { why }, exports: noExports(why) };
  }
}

const lockName = (id: string): string => `framescope-capture-${id}`;

/** Held until this worker ends, however it ends. Resolves once it is held. */
function holdLock(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, () => {
        resolve();
        return new Promise<never>(() => {});
      })
      .catch(reject);
  });
}

async function removeAbandoned(captures: FileSystemDirectoryHandle): Promise<void> {
  // Names first: whoever made a folder held its lock by then.
  const ids: string[] = [];
  for await (const id of captures.keys()) ids.push(id);
  const { held = [] } = await navigator.locks.query();
  const inUse = new Set(held.map(({ name }) => name));
  for (const id of ids) {
    if (inUse.has(lockName(id))) continue;
    // One that cannot be removed now is tried again by the next capture.
    await captures.removeEntry(id, { recursive: true }).catch(() => {});
  }
}

async function openAppendFile(folder: FileSystemDirectoryHandle, name: string): Promise<AppendFile> {
  const handle = await folder.getFileHandle(name, { create: true });
  return appendFile(await handle.createSyncAccessHandle());
}

function appendFile(access: FileSystemSyncAccessHandle): AppendFile {
  let size = access.getSize();
  return {
    get size() {
      return size;
    },
    append: (bytes) => {
      const written = access.write(bytes, { at: size });
      if (written < bytes.length) throw new Error("the disk is full");
      size += written;
    },
    read: (offset, into) => access.read(into, { at: offset }),
    flush: () => access.flush(),
    clear: () => {
      access.truncate(0);
      size = 0;
    },
    close: () => access.close(),
  };
}

function opfsExports(folder: FileSystemDirectoryHandle, path: readonly string[]): ExportStore {
  return {
    create: async (name) => {
      const file = await openAppendFile(folder, name);
      // An export of the same second may have left one of this name.
      file.clear();
      return { file, path: [...path, name] };
    },
    remove: async (exported) => {
      const name = exported.at(-1);
      if (name !== undefined && name !== PAYLOADS && name !== JOURNAL) await folder.removeEntry(name).catch(() => {});
    },
  };
}

function noExports(why: string): ExportStore {
  return {
    create: () => Promise.reject(new Error(`The export needs storage. ${why}`)),
    remove: () => Promise.resolve(),
  };
}
