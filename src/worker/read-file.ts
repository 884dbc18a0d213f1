import type { ChosenFile } from "../contract/files.ts";
import type { ImportFile } from "../format/import-format.ts";
import { Refusal } from "../model/refusal.ts";
import { say } from "../model/said.ts";
import { asRefusal } from "./opfs.ts";

/** A file that the user chose, as the panel's page got it from Chrome. */
export function readFile(file: ChosenFile): ImportFile {
  if (!(file instanceof File)) throw new Refusal(say("import.no-file"));
  const reader = new FileReaderSync();
  return {
    name: file.name,
    size: file.size,
    read: (offset, into) => {
      try {
        const bytes = new Uint8Array(reader.readAsArrayBuffer(file.slice(offset, offset + into.length)));
        into.set(bytes);
        return bytes.length;
      } catch (error) {
        // It was changed or removed since it was chosen.
        throw asRefusal(error);
      }
    },
  };
}
