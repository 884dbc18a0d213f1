import { serveLooks } from "../engine/look-thread.ts";
import { serveNodeThread } from "./node-thread.ts";

serveNodeThread(serveLooks);
