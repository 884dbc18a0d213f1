import { HEAD, HEAD_LENGTH } from "../../src/log/journal-versions/head.ts";
import { BYTES_PER_ROW } from "../../src/log/journal-versions/body.ts";
import { RECORD_HEAD } from "../../src/log/journal-versions/version-4.ts";
import { xxhash32 } from "../../src/log/xxhash32.ts";

/** Puts the events of each block before its rows, as another writer of version 4 may have them. `journal`: blocks alone, changed in place. */
export function putEventsFirst(journal: Uint8Array<ArrayBuffer>): void {
  const view = new DataView(journal.buffer, journal.byteOffset, journal.length);
  for (let at = 0; at < journal.length; ) {
    const body = journal.subarray(at + HEAD_LENGTH, at + HEAD_LENGTH + view.getUint32(at + HEAD.bodyLength, true));
    const rows = body.slice(0, RECORD_HEAD + view.getUint32(at + HEAD.rows, true) * BYTES_PER_ROW);
    body.copyWithin(0, rows.length);
    body.set(rows, body.length - rows.length);
    view.setUint32(at + HEAD.bodyChecksum, xxhash32(body), true);
    view.setUint32(at + HEAD.headChecksum, xxhash32(journal.subarray(at, at + HEAD.headChecksum)), true);
    at += HEAD_LENGTH + body.length;
  }
}
