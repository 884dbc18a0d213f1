import { createScanResponder } from "./scan-thread.ts";
import type { ScanRequest } from "./scanner.ts";

const respond = createScanResponder();
self.onmessage = ({ data }: MessageEvent<ScanRequest>) => {
  const answer = respond(data);
  const spent = answer.type === "scan" && answer.spent !== null ? [answer.spent] : [];
  self.postMessage(answer, { transfer: spent });
};
