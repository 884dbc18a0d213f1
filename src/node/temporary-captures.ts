import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AppendFile } from "../log/payload-pages.ts";
import type { CaptureFolders, NewCapture } from "../engine/kept-captures.ts";
import { openAppendFile } from "./append-file.ts";

/** A capture in a folder among the temporary files. */
export function createTemporary(): NewCapture {
  const folder = mkdtempSync(join(tmpdir(), "framescope-"));
  const open = (name: string): AppendFile => openAppendFile(join(folder, name));
  const [journal, payloads, spool] = [open("journal"), open("payloads"), open("spool")];
  return {
    id: folder,
    journal,
    payloads,
    spool,
    end: async (how) => {
      for (const file of [journal, payloads, spool]) file.close();
      await rm(how === "removed" ? folder : join(folder, "spool"), { recursive: true, force: true });
    },
  };
}

/** Where a file becomes a capture for as long as a command looks at it. Its number is its folder. */
export const temporaryCaptures: Pick<CaptureFolders, "create" | "writeAbout"> = {
  create: () => Promise.resolve(createTemporary()),
  // Its name is that of the file, for as long as it is there.
  writeAbout: () => Promise.resolve(),
};
