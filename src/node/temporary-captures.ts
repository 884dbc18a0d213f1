import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AppendFile } from "../log/payload-pages.ts";
import type { CaptureFolders } from "../engine/kept-captures.ts";
import { openAppendFile } from "./append-file.ts";

/** Where a file becomes a capture for as long as a command looks at it. Its number is its folder. */
export const temporaryCaptures: Pick<CaptureFolders, "create" | "writeAbout"> = {
  create: () => {
    const folder = mkdtempSync(join(tmpdir(), "framescope-"));
    const open = (name: string): AppendFile => openAppendFile(join(folder, name));
    const [journal, payloads, spool] = [open("journal"), open("payloads"), open("spool")];
    return Promise.resolve({
      id: folder,
      journal,
      payloads,
      spool,
      end: async (how) => {
        for (const file of [journal, payloads, spool]) file.close();
        await rm(how === "removed" ? folder : join(folder, "spool"), { recursive: true, force: true });
      },
    });
  },
  // Its name is that of the file, for as long as it is there.
  writeAbout: () => Promise.resolve(),
};
