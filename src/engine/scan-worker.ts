import { createScanResponder } from "./scan-thread.ts";
import type { ScanRequest } from "./scanner.ts";
import { serveThread } from "./thread-worker.ts";

const respond = createScanResponder();
serveThread((request: ScanRequest) => {
  const answer = respond(request);
  return { answer, transfer: answer.type === "scan" && answer.spent !== null ? [answer.spent] : [] };
});
