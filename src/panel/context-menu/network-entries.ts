import { hostOf, isSameScope, type NetworkEffect, type RuleScope } from "../../model/network-rule.ts";
import { say } from "../../model/said.ts";
import type { Speaker } from "../../words/speaker.ts";
import { networkEffects } from "../rules/network-words.ts";
import type { PanelSession } from "../state/panel-session.ts";
import type { MenuEntry } from "./menu-entry.ts";
import type { MenuPart } from "./menu-part.ts";

/** What Chrome can do to the connections of this one's URL, or to all of its host. */
export const connectionNetwork: MenuPart<"connection"> = ({ session, speaker: { words }, target: { row: { url, transport } } }) => {
  if (url === "" || transport !== "websocket" || !session.abilities.getState().includes("send")) return [];
  return [
    { type: "submenu", text: words("live.network"), entries: [effectChoices(session, words, { meets: "url", url })] },
    { type: "submenu", text: words("live.network-host", { host: hostOf(url) }), entries: [effectChoices(session, words, { meets: "host", url })] },
  ];
};

function effectChoices(session: PanelSession, words: Speaker["words"], scope: RuleScope): MenuEntry {
  const set = (effect: NetworkEffect | null): void =>
    void session.capture.live("setRule", { scope, effect }).catch((problem: unknown) => session.refusals.tell((why) => say("live.no-rule", { why }), problem));
  const now = session.rules.getState().find((rule) => isSameScope(rule, scope))?.effect ?? null;
  const effects: readonly (readonly [string, NetworkEffect | null])[] = [[words("live.network-none"), null], ...networkEffects(words)];
  return { type: "choices", key: `network ${scope.meets}`, choices: effects.map(([text, effect]) => ({ text, isOn: JSON.stringify(effect) === JSON.stringify(now), run: () => set(effect) })) };
}
