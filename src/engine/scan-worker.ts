import { createScanResponder } from "./scan-thread.ts";
import type { ScanRequest } from "./scanner.ts";

const respond = createScanResponder();
self.onmessage = ({ data }: MessageEvent<ScanRequest>) => self.postMessage(respond(data));
