import { serveDecoding } from "../engine/decode-thread.ts";
import { serveNodeThread } from "./node-thread.ts";

serveNodeThread(serveDecoding());
