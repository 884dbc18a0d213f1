import { createScanResponder } from "../engine/scan-thread.ts";
import type { ScanRequest } from "../engine/scanner.ts";
import { serveNodeThread } from "./node-thread.ts";

const respond = createScanResponder();
serveNodeThread((request: ScanRequest) => {
  const answer = respond(request);
  return { answer, transfer: answer.type === "scan" && answer.spent !== null ? [answer.spent] : [] };
});
