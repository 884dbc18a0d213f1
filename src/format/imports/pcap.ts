import type { ImportFormat } from "../import-format.ts";
import { isPcap, pcapPackets } from "../wire/pcap-packets.ts";
import { readPackets } from "../wire/read-packets.ts";

/** What tcpdump writes. */
export const pcap: ImportFormat = {
  id: "pcap",
  name: "pcap",
  recognises: isPcap,
  read: (input, sink) => readPackets(input.open(), pcapPackets, sink),
};
