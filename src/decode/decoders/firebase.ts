import type { ConnectionFacts, Decoder, DecodeSession, FrameToDecode } from "../decoder.ts";
import { headPattern } from "../json-protocol/head-pattern.ts";
import { lazily } from "../lazily.ts";

const SURE = headPattern(String.raw`\{"t":"c","d":\{"t":"[hrse]","d":`, String.raw`\{"t":"d","d":\{"r":\d+,"a":"\w+","b":\{`);
const session = lazily(() => import("../firebase/firebase-session.ts"));

/**
 * Firebase Realtime Database (firebase/firebase-js-sdk, packages/database/src/realtime). A message over 16,384 characters is
 * cut into several frames, after one that says how many follow.
 *
 * Versions: 5.
 *
 * Sure from `/.ws?` with `v=5` in the URL; else from a handshake or a request. A request is paired with its answer by number; the topic
 * is the path, of an answer that of its request.
 */
export const firebase = {
  id: "firebase",
  name: "Firebase Realtime Database",
  claims: "connection",
  suits: ({ url }: ConnectionFacts) => /\/\.ws\?(?:[^#]*&)?v=5(?:&|$)/.test(url),
  marks: SURE.marks,
  recognises: (_frame: FrameToDecode, head: string) => SURE.test(head),
  load: session.load,
  open: (context): DecodeSession => session.get().openFirebase(context),
} as const satisfies Decoder;
