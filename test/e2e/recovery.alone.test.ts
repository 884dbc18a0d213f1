import { describe, it } from "vitest";
import { useKills } from "./recovery-scenarios.ts";

const kill = useKills();

describe("after a crash", () => {
  // One of the two, by the seed; test/long has both, and the panel shown, many times.
  it("every frame of a second before the kill or earlier is there: the panel hidden, or the app page in the background", () =>
    kill((random) => [{ place: random() < 0.5 ? "panel hidden" : "app page in the background", after: 1500 + random() * 1500 }]));
});
