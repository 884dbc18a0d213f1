import { createDecodeResponder, type DecodeRequest } from "./decode-thread.ts";

const respond = createDecodeResponder();
self.onmessage = ({ data }: MessageEvent<DecodeRequest>) => self.postMessage(respond(data));
