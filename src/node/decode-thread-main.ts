import { createDecodeResponder, type DecodeRequest } from "../engine/decode-thread.ts";
import { serveNodeThread } from "./node-thread.ts";

let tell: (step: unknown) => void = () => {};
const respond = createDecodeResponder((step) => tell(step));
serveNodeThread((request: DecodeRequest, told) => {
  tell = told;
  const answer = respond(request);
  return { answer, transfer: [answer.spent] };
});
