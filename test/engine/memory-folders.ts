import type { About, CaptureFiles, CaptureFolders, CaptureUse, NewCapture } from "../../src/engine/kept-captures.ts";
import { Refusal } from "../../src/model/refusal.ts";
import { MemoryFile } from "../log/memory-file.ts";

export interface MemoryFolder {
  readonly journal: MemoryFile;
  readonly payloads: MemoryFile;
  about?: unknown;
  use?: CaptureUse;
  writtenAt?: number;
}

/** Folders of captures in memory. */
export class MemoryFolders implements CaptureFolders {
  readonly folders = new Map<string, MemoryFolder>();

  ids(): Promise<string[]> {
    return Promise.resolve([...this.folders.keys()]);
  }

  create(): Promise<NewCapture> {
    const id = `2026-11-28T00-00-00-${String(this.folders.size).padStart(3, "0")}Z-00000000`;
    const folder: MemoryFolder = { journal: new MemoryFile(), payloads: new MemoryFile(), use: "recording" };
    this.folders.set(id, folder);
    const { journal, payloads } = folder;
    return Promise.resolve({
      id,
      journal,
      payloads,
      spool: new MemoryFile(),
      end: async (how) => {
        delete folder.use;
        if (how === "removed") await this.remove(id);
      },
    });
  }

  uses(): Promise<Map<string, CaptureUse>> {
    return Promise.resolve(new Map([...this.folders].flatMap(([id, { use }]) => (use === undefined ? [] : [[id, use] as const]))));
  }

  openFiles(id: string): Promise<CaptureFiles> {
    return this.#folder(id).then(({ journal, payloads, writtenAt = 0 }) => ({ journal, payloads, writtenAt }));
  }

  readAbout(id: string): Promise<unknown> {
    return this.#folder(id).then(({ about }) => (typeof about === "string" ? (JSON.parse(about) as unknown) : about));
  }

  writeAbout(id: string, about: About): Promise<void> {
    return this.#folder(id).then((folder) => void (folder.about = about));
  }

  async alone<T>(id: string, work: () => Promise<T>): Promise<T | "in use"> {
    const folder = await this.#folder(id);
    return folder.use === undefined ? await work() : "in use";
  }

  remove(id: string): Promise<void> {
    this.folders.delete(id);
    return Promise.resolve();
  }

  #folder(id: string): Promise<MemoryFolder> {
    const folder = this.folders.get(id);
    return folder === undefined ? Promise.reject(new Refusal("There is no such capture on this disk.")) : Promise.resolve(folder);
  }
}
