import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import type { ImportFormat } from "../import-format.ts";

/** A capture as Framescope keeps it, journal and payloads, in a zip: it is kept as it is. */
export const framescopeCaptureIn: ImportFormat = {
  id: "framescope-capture",
  name: say("format.framescope"),
  recognises: (head) => {
    const text = TEXT.decode(head.subarray(0, 4096));
    return /^\s*\{/.test(text) && /"format"\s*:\s*"framescope-capture"/.test(text);
  },
  parts: (input) => {
    const [journal, payloads] = [input.beside("journal"), input.beside("payloads")];
    if (journal === undefined || payloads === undefined) throw new Refusal(say("import.no-journal"));
    return { journal, payloads };
  },
};

const TEXT = new TextDecoder();
