import { say } from "../../model/said.ts";
import type { PanelSession } from "../state/panel-session.ts";

/** All connections have the network as it is again. */
export function liftNetworkRules({ capture, refusals }: PanelSession): void {
  capture.live("liftRules", null).catch((problem: unknown) => refusals.tell((why) => say("live.no-rule", { why }), problem));
}

/** All messages pass as they are again. */
export function turnOffMessageRules({ capture, refusals }: PanelSession): void {
  capture.live("setMessageRules", { rules: [] }).catch((problem: unknown) => refusals.tell((why) => say("rules.not-set", { why }), problem));
}
