import { say } from "../../model/said.ts";
import type { PanelSession } from "../state/panel-session.ts";

/** Takes back the last clear, while the log of before is kept. */
export function undoClear({ engine, refusals }: PanelSession): void {
  engine.call("undoClear", null).catch((problem: unknown) => refusals.tell((why) => say("place.not-undone", { why }), problem));
}
