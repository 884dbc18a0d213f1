import { serveLooks } from "../engine/look-thread.ts";
import { serveThread } from "./thread-worker.ts";

serveThread(serveLooks);
