import { NETWORK_PRESETS, type NetworkEffect } from "../../model/network-rule.ts";
import { say } from "../../model/said.ts";
import type { MenuPart } from "./menu-part.ts";

/** What Chrome can do to the connections of this one's URL. */
export const connectionNetwork: MenuPart<"connection"> = ({ session, speaker: { words }, target: { row: { url, transport } } }) => {
  if (url === "" || transport !== "websocket" || !session.abilities.getState().includes("send")) return [];
  const set = (effect: NetworkEffect | null): void =>
    void session.capture.live("setRule", { url, effect }).catch((problem: unknown) => session.refusals.tell((why) => say("live.no-rule", { why }), problem));
  const now = session.rules.getState().find((rule) => rule.url === url)?.effect ?? null;
  const effects: readonly (readonly [string, NetworkEffect | null])[] = [
    [words("live.network-none"), null],
    [words("live.network-freeze"), { type: "freeze" }],
    [words("live.network-2g"), NETWORK_PRESETS["2g"]],
    [words("live.network-3g"), NETWORK_PRESETS["3g"]],
    [words("live.network-trickle"), NETWORK_PRESETS.trickle],
  ];
  const choices = effects.map(([text, effect]) => ({ text, isOn: JSON.stringify(effect) === JSON.stringify(now), run: () => set(effect) }));
  return [{ type: "submenu", text: words("live.network"), entries: [{ type: "choices", key: "network", choices }] }];
};
