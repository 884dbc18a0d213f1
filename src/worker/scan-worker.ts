import { createScanResponder } from "../engine/scan-thread.ts";
import type { ScanRequest } from "../engine/scanner.ts";
import { serveThread } from "./thread-worker.ts";

const respond = createScanResponder();
serveThread((request: ScanRequest) => {
  const answer = respond(request);
  return { answer, transfer: answer.type === "scan" && answer.spent !== null ? [answer.spent] : [] };
});
