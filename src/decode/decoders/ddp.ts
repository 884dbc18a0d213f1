import { headPattern } from "../json-protocol/head-pattern.ts";
import { jsonProtocol } from "../json-protocol/json-protocol.ts";
import { lazily } from "../lazily.ts";

/**
 * DDP of Meteor (meteor/meteor, packages/ddp/DDP.md).
 *
 * Versions: 1.
 *
 * Sure from a connect, a session, or a message with one of its words and its parts. A method is a request, its result the
 * answer; a subscription is one, and its `ready` or `nosub` the answer. The topic is the method, the publication or the collection.
 */
export const ddp = jsonProtocol({
  id: "ddp",
  name: "DDP",
  sure: headPattern(
    String.raw`\{"server_id":"\d+"\}`,
    String.raw`\{"msg":"(?:connect","(?:version|session|support)|connected","session|(?:method|sub)","(?:id|method|name|params)|(?:added|changed|removed|addedBefore)","collection|updated","methods|ready","subs)":`,
  ),
  reader: lazily(() => import("../json-protocol/readers/ddp.ts")),
});
