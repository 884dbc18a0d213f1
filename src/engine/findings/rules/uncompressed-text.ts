import { say } from "../../../model/said.ts";
import { found, NONE, type FindingRule } from "../rule.ts";

const LEAST_TEXT = 100_000;
const LEAST_SAMPLE = 50_000;
const LEAST_SAVED = 0.3;

/** Text without compression, of which compression would have saved much: tried on the messages themselves. */
export const uncompressedText: FindingRule = {
  id: "uncompressed-text",
  group: "handshake",
  link: "https://www.rfc-editor.org/rfc/rfc7692#section-7",
  ofConnection: ({ tally, sample, opening }) => {
    if (sample === undefined || tally.textBytes < LEAST_TEXT || sample.bytes < LEAST_SAMPLE) return NONE;
    const saved = sample.bytes - sample.compressed;
    if (saved < sample.bytes * LEAST_SAVED) return NONE;
    return found("note", say("findings.uncompressed"), [say("findings.uncompressed-about", { text: tally.textBytes, sample: sample.bytes, saved, share: saved / sample.bytes })], [opening, tally.last]);
  },
};
