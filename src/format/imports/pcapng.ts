import type { ImportFormat } from "../import-format.ts";
import { isPcapng, pcapngPackets } from "../wire/pcapng-packets.ts";
import { readPackets } from "../wire/read-packets.ts";

/** What Wireshark and tshark write. */
export const pcapng: ImportFormat = {
  id: "pcapng",
  name: "pcapng",
  recognises: isPcapng,
  read: (input, sink) => readPackets(input.open(), pcapngPackets, sink),
};
