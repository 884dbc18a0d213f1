import { serveScans } from "../engine/scan-thread.ts";
import { serveThread } from "./thread-worker.ts";

serveThread(serveScans);
