import { say } from "../../model/said.ts";
import { FileFault, type ByteCursor } from "./byte-cursor.ts";
import { MOST_PACKET, type Packet } from "./packet.ts";

/** By the first four bytes, read as little-endian: the file's own order, and its fractions of a second. */
const FORMS: ReadonlyMap<number, { readonly isLittle: boolean; readonly fractions: number }> = new Map([
  [0xa1b2c3d4, { isLittle: true, fractions: 1e6 }],
  [0xd4c3b2a1, { isLittle: false, fractions: 1e6 }],
  [0xa1b23c4d, { isLittle: true, fractions: 1e9 }],
  [0x4d3cb2a1, { isLittle: false, fractions: 1e9 }],
]);

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const isPcap = (head: Uint8Array): boolean => head.length >= 4 && FORMS.has(viewOf(head).getUint32(0, true));

/** The packets of a file of libpcap's (draft-ietf-opsawg-pcap). Throws a `FileFault` where one is too long to be one. */
export function* pcapPackets(cursor: ByteCursor): Generator<Packet, void, void> {
  const head = viewOf(cursor.take(24));
  const form = FORMS.get(head.getUint32(0, true));
  if (form === undefined) throw new FileFault(say("import.no-packets", { offset: 0 }));
  const { isLittle, fractions } = form;
  // The upper bits say how a checksum ends frames.
  const linkType = head.getUint32(20, isLittle) & 0xffff;
  for (let number = 1; !cursor.isDone; number++) {
    const { offset } = cursor;
    const record = viewOf(cursor.take(16));
    const seconds = record.getUint32(0, isLittle);
    const fraction = record.getUint32(4, isLittle);
    const length = record.getUint32(8, isLittle);
    if (length > MOST_PACKET) throw new FileFault(say("import.no-packets", { offset }));
    yield { number, time: seconds * 1000 + (fraction * 1000) / fractions, linkType, bytes: cursor.take(length) };
  }
}
