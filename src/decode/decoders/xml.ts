import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";
import { mayBeXml } from "../xml/xml-head.ts";

const session = lazily(() => import("../xml/xml-session.ts"));

/**
 * XML 1.0, in text messages and in binary ones that are UTF-8, as a tree: `{"order":{"@id":"7","item":"tea"}}`.
 *
 * Sure of one whole element with others in it, a namespace, or a declaration before it; after one such message on a connection of
 * any whole element. A message is named by its outermost element. What a document declares is not expanded.
 */
export const xml = {
  id: "xml",
  name: "XML",
  claims: "message",
  readsAsText: true,
  recognises: mayBeXml,
  load: session.load,
  open: (context): DecodeSession => session.get().openXml(context),
} as const satisfies Decoder;
