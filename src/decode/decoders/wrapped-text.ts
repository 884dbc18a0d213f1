import { OPCODE_TEXT } from "../../model/frame.ts";
import { mayBeWrapped } from "../carried/wrapped-head.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";

const session = lazily(() => import("../carried/wrapped-text-session.ts"));

/**
 * A message within a text: in base64, percent-encoded, as a JSON string, or JSON behind a prefix that keeps it from being run
 * (`)]}'`, `for(;;);`, `while(1);`). Where the user says so, also one behind a few bytes of a vendor's own, as a length and flags.
 *
 * Sure where what is unwrapped is a message that some decoder is sure of; a word that could be base64 is a word. How many bytes are
 * skipped only the user says, for a connection or by URL pattern (**Decode as**, **Skip a prefix…**).
 */
export const wrappedText = {
  id: "wrapped-text",
  name: "Wrapped Text",
  claims: "message",
  carries: true,
  skipsPrefix: true,
  recognises: ({ bytes, opcode }) => opcode === OPCODE_TEXT && mayBeWrapped(bytes),
  load: session.load,
  open: (context): DecodeSession => session.get().openWrappedText(context),
} as const satisfies Decoder;
