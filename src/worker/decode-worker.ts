import { serveDecoding } from "../engine/decode-thread.ts";
import { serveThread } from "./thread-worker.ts";

serveThread(serveDecoding());
