import type { ImportFormat } from "./import-format.ts";
import { framescopeCaptureIn } from "./imports/framescope-capture.ts";
import { har } from "./imports/har.ts";
import { ndjsonIn } from "./imports/ndjson.ts";
import { netLog } from "./imports/net-log.ts";
import { pcap } from "./imports/pcap.ts";
import { pcapng } from "./imports/pcapng.ts";

/** Every format that is read: one file in `imports/` and one line here. The first that recognises a file reads it. */
export const IMPORT_FORMATS: readonly ImportFormat[] = [framescopeCaptureIn, ndjsonIn, pcap, pcapng, netLog, har];
