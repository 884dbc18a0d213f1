/** A packet of a file of them, as it was on the wire. */
export interface Packet {
  /** From 1, as Wireshark counts. */
  readonly number: number;
  /** Milliseconds since 1970; not a number where the file does not tell. */
  readonly time: number;
  /** What it begins with: LINKTYPE of https://www.tcpdump.org/linktypes.html. */
  readonly linkType: number;
  readonly bytes: Uint8Array;
}

/** Bytes that a packet, or a block of a file, may have. */
export const MOST_PACKET = 1 << 26;
