import type { AppendFile } from "../log/payload-pages.ts";
import type { LogSource } from "../engine/capture-disk.ts";
import { captureId } from "../model/capture-id.ts";
import { readAbout, type CaptureFiles, type CaptureFolders, type CaptureUse, type NewCapture } from "../engine/kept-captures.ts";
import type { NextCapture } from "../engine/next-capture.ts";
import { heldLocks, holdLock } from "./locks.ts";
import { asRefusal, askStorage, findFolder, makeFolder, namesIn, openAppendFile } from "./opfs.ts";
import { Refusal } from "../model/refusal.ts";
import { say, type Told } from "../model/said.ts";

/** One folder for each capture. A lock of its name says that it is in use, another that it is being recorded. */
const CAPTURES = "captures";
const PAYLOADS = "payloads";
const JOURNAL = "journal";
const ABOUT = "about";
/** What an import needs while it goes on. */
const SPOOL = "spool";
/** `about` is a few words; more is damage. */
const LONGEST_ABOUT = 10_000;
/** A page that is loaded again waits so long for its own worker of before to end. */
const OPEN_WAIT_MS = 2500;
/** Chrome ends a worker that does not give way after 2 s. */
const RESUME_WAIT_MS = 10_000;
/** A capture that another engine reads is tried again so often, for 2 s in all. */
const REMOVE_TRIES = 21;
const REMOVE_AGAIN_MS = 100;

const useLock = (id: string): string => `framescope-capture-${id}`;
const recordLock = (id: string): string => `framescope-recording-${id}`;

/** What a capture is kept in, for as long as this worker lives or until it lets go of it. */
export interface OpenedLog {
  readonly log: LogSource;
  readonly letGo: () => void;
}

/** Makes the folder of a new capture. Rejects with what Chrome says where there is no storage. */
export async function openNewCapture(id: string): Promise<OpenedLog> {
  const letGo = await holdCapture(id);
  return { log: await makeFiles(id), letGo };
}

async function holdCapture(id: string, atMost?: number): Promise<() => void> {
  const locks = [await holdLock(useLock(id), atMost), await holdLock(recordLock(id), atMost)];
  return () => {
    for (const letGo of locks) letGo();
  };
}

/**
 * Makes the folder of a capture that may be recorded later. Until `begin`, whose answer lets go of it, nothing removes it and
 * nobody takes it for one that runs.
 */
export async function openNextCapture(id: string): Promise<Omit<NextCapture, "begin"> & { readonly begin: () => () => void }> {
  const letGo = await holdLock(useLock(id));
  try {
    const files = await makeFiles(id);
    return {
      id,
      files,
      begin: () => {
        // Nobody else knows of it: this is no wait.
        const recording = holdLock(recordLock(id));
        return () => {
          letGo();
          void recording.then((letGoToo) => letGoToo());
        };
      },
      drop: () => {
        files.journal.close();
        files.payloads.close();
        // What cannot be removed now holds nothing, and goes with the next look at what is kept.
        void opfsCaptures.remove(id).catch(() => {}).finally(letGo);
      },
    };
  } catch (error) {
    letGo();
    throw error;
  }
}

async function makeFiles(id: string): Promise<Pick<CaptureFiles, "journal" | "payloads">> {
  const folder = await makeFolder([CAPTURES, id]);
  return {
    payloads: await openAppendFile(await folder.getFileHandle(PAYLOADS, { create: true })),
    journal: await openAppendFile(await folder.getFileHandle(JOURNAL, { create: true })),
  };
}

/**
 * Goes on with a capture whose worker ended. One that had to be ended by force holds its locks for some moments more.
 * Rejects with what Chrome says where there is no storage.
 */
export async function openResumedCapture(id: string): Promise<OpenedLog> {
  const letGo = await holdCapture(id, RESUME_WAIT_MS);
  return { log: { resumed: await makeFiles(id) }, letGo };
}

/** Opens a capture of before to look at. Where that cannot be, the answer says why. */
export async function openKeptCapture(id: string): Promise<LogSource> {
  try {
    if ((await heldLocks()).has(recordLock(id))) {
      return { kept: { why: say("engine.still-running") } };
    }
    if ((await findFolder([CAPTURES, id])) === undefined) {
      return { kept: { why: say("engine.no-capture") } };
    }
    const isFree = await holdLock(useLock(id), OPEN_WAIT_MS).then(() => true, () => false);
    if (!isFree) return { kept: { why: say("engine.open-elsewhere") } };
    const { journal, payloads } = await opfsCaptures.openFiles(id);
    const about = readAbout(await opfsCaptures.readAbout(id).catch(() => undefined));
    // Who opens it needs no offer of it; a disk that is full does not keep it shut.
    await opfsCaptures.writeAbout(id, { ...about, isSeen: true }).catch(() => {});
    return { kept: { journal, payloads } };
  } catch (error) {
    const refusal = asRefusal(error);
    if (!(refusal instanceof Refusal)) throw error;
    return { kept: { why: say("engine.cannot-open", { why: refusal.told }) } };
  }
}

async function folderOf(id: string): Promise<FileSystemDirectoryHandle> {
  const folder = await findFolder([CAPTURES, id]);
  if (folder === undefined) throw new Refusal(say("engine.no-capture"));
  return folder;
}

async function openIfThere(folder: FileSystemDirectoryHandle, name: string): Promise<AppendFile> {
  const handle = await folder.getFileHandle(name).catch(() => undefined);
  return handle === undefined ? NOTHING : await openAppendFile(handle);
}

const NOTHING: AppendFile = {
  size: 0,
  append: () => {
    throw new Refusal(say("engine.file-missing"));
  },
  read: () => 0,
  flush: () => {},
  cutTo: () => {},
  close: () => {},
};

/** Until its end it is as if it were recorded: so no engine takes it for an empty one that can go. */
async function createCapture(): Promise<NewCapture> {
  const id = captureId(Date.now(), crypto.randomUUID().slice(0, 8));
  const letGo = await holdCapture(id);
  const files: AppendFile[] = [];
  const end = async (how: "kept" | "removed"): Promise<void> => {
    try {
      for (const file of files) file.close();
      if (how === "removed") await opfsCaptures.remove(id);
      else await (await folderOf(id)).removeEntry(SPOOL);
    } finally {
      letGo();
    }
  };
  try {
    const folder = await makeFolder([CAPTURES, id]);
    const open = async (name: string): Promise<AppendFile> => {
      const file = await openAppendFile(await folder.getFileHandle(name, { create: true }));
      files.push(file);
      return file;
    };
    return { id, journal: await open(JOURNAL), payloads: await open(PAYLOADS), spool: await open(SPOOL), end };
  } catch (error) {
    await end("removed");
    throw error;
  }
}

/** All captures on this disk. */
export const opfsCaptures: CaptureFolders = {
  ids: () => askStorage(() => namesIn([CAPTURES])),

  create: () => askStorage(createCapture),

  uses: () =>
    askStorage(async () => {
      const held = await heldLocks();
      const uses = new Map<string, CaptureUse>();
      for (const id of await namesIn([CAPTURES])) {
        if (held.has(recordLock(id))) uses.set(id, "recording");
        else if (held.has(useLock(id))) uses.set(id, "open");
      }
      return uses;
    }),

  openFiles: (id) =>
    askStorage(async () => {
      const folder = await folderOf(id);
      const journal = await openIfThere(folder, JOURNAL);
      const payloads = await openIfThere(folder, PAYLOADS).catch((error: unknown) => {
        // A handle that nobody closes keeps the folder from being removed.
        journal.close();
        throw error;
      });
      const written = await folder.getFileHandle(JOURNAL).then((handle) => handle.getFile()).catch(() => undefined);
      return { journal, payloads, writtenAt: written?.lastModified ?? 0 };
    }),

  readAbout: (id) =>
    askStorage(async () => {
      const folder = await folderOf(id);
      const handle = await folder.getFileHandle(ABOUT).catch(() => undefined);
      const file = await handle?.getFile();
      return file === undefined || file.size > LONGEST_ABOUT ? undefined : (JSON.parse(await file.text()) as unknown);
    }),

  writeAbout: (id, about) =>
    askStorage(async () => {
      const folder = await folderOf(id);
      const handle = await folder.getFileHandle(ABOUT, { create: true });
      // Takes the place of the old one when it is whole, or not at all.
      const writer = await handle.createWritable();
      await writer.write(JSON.stringify(about));
      await writer.close();
    }),

  alone: <T>(id: string, work: () => Promise<T>) =>
    navigator.locks.request(useLock(id), { ifAvailable: true }, async (lock): Promise<T | "in use"> => (lock === null ? "in use" : await work())),

  remove: async (id) => {
    const captures = await findFolder([CAPTURES]);
    for (let tries = 1; ; tries++) {
      try {
        await captures?.removeEntry(id, { recursive: true });
        return;
      } catch (error) {
        const name = error instanceof DOMException ? error.name : "";
        if (name === "NotFoundError") return;
        if (name !== "NoModificationAllowedError") throw asRefusal(error);
        // Another engine has its files open for a moment, to list what is kept.
        if (tries === REMOVE_TRIES) throw new Refusal(say("engine.read-elsewhere"), { cause: error });
        await new Promise((resolve) => setTimeout(resolve, REMOVE_AGAIN_MS));
      }
    }
  },
};

/** Where the browser gives no storage. */
export function noCaptures(why: Told): CaptureFolders {
  const refuse = (): Promise<never> => Promise.reject(new Refusal(why));
  return { ids: refuse, create: refuse, uses: refuse, openFiles: refuse, readAbout: refuse, writeAbout: refuse, alone: refuse, remove: refuse };
}
