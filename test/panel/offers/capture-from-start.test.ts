import { createElement } from "react";
import { expect, it } from "vitest";
import { createStore } from "zustand";
import type { Ability, CaptureState } from "../../../src/contract/capturing.ts";
import type { HandshakeView } from "../../../src/contract/inspect.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../../src/model/settings.ts";
import { CaptureFromStart } from "../../../src/panel/offers/capture-from-start.tsx";
import { aConnection, headers } from "../../model/a-connection.ts";
import { drawn } from "../frames/drawn.ts";

interface Place {
  readonly connection?: Parameters<typeof aConnection>[0];
  readonly requestHeaders?: readonly string[];
  readonly target?: HandshakeView["target"];
  readonly state?: CaptureState["state"];
  readonly abilities?: readonly Ability[];
  readonly settings?: Partial<Settings>;
}

/** What can be pressed. */
function offered({ connection, requestHeaders = [], target = "page", state = "capturing", abilities = ["open source"], settings }: Place): string[] {
  const session = {
    settings: { store: createStore(() => ({ ...DEFAULT_SETTINGS, ...settings })) },
    captureState: createStore(() => ({ state })),
    abilities: createStore(() => abilities),
  };
  const view = { connection: aConnection({ seenFromStart: false, ...connection }, { requestHeaders: headers(...requestHeaders) }), target } as HandshakeView;
  return [...drawn(createElement(CaptureFromStart, { view }), session).matchAll(/aria-label="([^"]*)"/g)].map(([, name = ""]) => name);
}

const RELOAD = "Reload page";
const WITH_DEVTOOLS = "Start capturing when DevTools opens";

it("a connection that was open before the capture offers to load its page again, and to begin with DevTools the next time", () => {
  expect(offered({})).toEqual([RELOAD, WITH_DEVTOOLS]);
  expect(offered({ settings: { captureWithDevTools: true } })).toEqual([RELOAD]);
  expect(offered({ abilities: ["choose tab"] })).toEqual([RELOAD]);
});

it("what the page loaded again would not open anew does not offer that", () => {
  for (const target of ["shared worker", "service worker", "popup", "user", null] as const) expect([target, offered({ target })]).toEqual([target, [WITH_DEVTOOLS]]);
  expect(offered({ connection: { state: "closed" } })).toEqual([WITH_DEVTOOLS]);
});

it("nothing is offered where the opening is known, or nothing is captured", () => {
  expect(offered({ connection: { seenFromStart: true } })).toEqual([]);
  expect(offered({ requestHeaders: ["origin: http://page.test"] })).toEqual([]);
  for (const state of ["kept", "stopped", "waiting", "starting"] as const) expect([state, offered({ state })]).toEqual([state, []]);
});
