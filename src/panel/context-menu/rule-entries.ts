import { newRule } from "../../model/message-rule.ts";
import { say } from "../../model/said.ts";
import { isSendable } from "../state/sending-store.ts";
import type { MenuPart } from "./menu-part.ts";

/** A rule for messages like this one of its connection, to be written. */
export const frameRule: MenuPart<"frame"> = ({ session, speaker: { words }, target: { row } }) => {
  const { direction } = row;
  if (!isSendable(row) || direction === null || !session.abilities.getState().includes("send")) return [];
  const write = async (): Promise<void> => {
    const filter = await session.engine.call("ruleFilter", { frame: row.index, message: row.message?.place });
    if (filter === null) return;
    session.editedRule.setState(newRule(crypto.randomUUID(), row.label, direction, filter), true);
    session.areRulesOpen.setState(true, true);
  };
  return [{ type: "item", text: words("menu.rule"), run: () => void write().catch((problem: unknown) => session.refusals.tell((why) => say("rules.not-set", { why }), problem)) }];
};
