import { createDecodeResponder, type DecodeRequest } from "../engine/decode-thread.ts";
import { serveThread } from "./thread-worker.ts";

const respond = createDecodeResponder((step) => self.postMessage(step));
serveThread((request: DecodeRequest) => {
  const answer = respond(request);
  return { answer, transfer: [answer.spent] };
});
