import { createElement } from "react";
import { expect, test } from "vitest";
import { createStore } from "zustand";
import type { FrameDetails } from "../../../src/contract/inspect.ts";
import { MuteButton } from "../../../src/panel/inspector/mute-button.tsx";
import { drawn } from "../frames/drawn.ts";

const nameOf = (part: Partial<FrameDetails>): string | undefined => {
  const details = { kind: "message", label: "update", layers: [{}], protocol: null, isOfTool: false, ...part } as FrameDetails;
  const store = createStore(() => ({ saved: [] }));
  return /aria-label="([^"]*)"/.exec(drawn(createElement(MuteButton, { details }), { filters: { store } }))?.[1];
};

test("one press mutes a type; of what a developer's tool says, such as hot reload, all of it", () => {
  expect(nameOf({})).toBe("Mute type:update");
  expect(nameOf({ protocol: "socket.io" })).toBe("Mute type:update");
  expect(nameOf({ protocol: "dev-server", isOfTool: true })).toBe("Mute protocol:dev-server");
  expect(nameOf({ layers: [] })).toBe(undefined);
});
