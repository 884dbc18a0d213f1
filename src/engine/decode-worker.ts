import { createDecodeResponder, type DecodeRequest } from "./decode-thread.ts";

const respond = createDecodeResponder();
self.onmessage = ({ data }: MessageEvent<DecodeRequest>) => {
  const answer = respond(data);
  self.postMessage(answer, { transfer: [answer.spent] });
};
