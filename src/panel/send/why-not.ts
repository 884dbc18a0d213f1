/** Why the drawer's buttons are off. Pure. */
import { say, type Told } from "../../model/said.ts";
import type { Speaker } from "../../words/speaker.ts";
import type { Draft, DraftCheck } from "./draft.ts";
import { LONGEST_KEPT } from "./kept-messages.ts";
import type { Reach, SendState } from "./send-store.ts";

/** Why nothing goes out on the connection that is chosen; null where it does. `connections`: those that could be. */
export function reachProblem(reach: Reach, connections: SendState["connections"]): Told | null {
  switch (reach.state) {
    case "reached":
      return null;
    case "none":
      return say(connections?.length === 0 ? "live.no-connections" : "live.choose-first");
    case "looking":
    case "connecting":
      return say(`live.${reach.state}`);
    case "refused":
      return reach.why;
  }
}

/** Why the message cannot be sent, as text (a value: as its decoder writes it) or as binary; null where it can, or is being sent. */
export function sendProblem({ reach, connections, file, draft, encoded }: SendState, check: DraftCheck, asBinary: boolean): Told | null {
  const unreached = reachProblem(reach, connections);
  if (unreached !== null) return unreached;
  if (file?.state === "reading") return say("live.file-reading", { name: file.name });
  if (draft.form === "value") {
    if (asBinary) return say("live.value-own", { decoder: draft.decoder });
    return encoded !== null && encoded.length > 0 ? null : (check.problem ?? say("live.encoding", { decoder: draft.decoder }));
  }
  if (check[asBinary ? "binary" : "text"] !== null) return null;
  return check.problem ?? say("live.file-binary");
}

/** Why the draft cannot be a template. */
export function templateProblem(draft: Draft): Told | null {
  if (draft.form === "file" || draft.form === "value") return say("live.template-typed");
  if (draft.text === "") return say("live.write-first");
  return draft.text.length > LONGEST_KEPT ? say("live.template-long", { most: LONGEST_KEPT }) : null;
}

/** As a button takes it. */
export const tellReason = (why: Told | null, tell: Speaker["tell"]): string | null => (why === null ? null : tell(why));
