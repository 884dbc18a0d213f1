import { serveScans } from "../engine/scan-thread.ts";
import { serveNodeThread } from "./node-thread.ts";

serveNodeThread(serveScans);
