import { describe, it } from "vitest";
import { useKills } from "./recovery-scenarios.ts";

const kill = useKills();

describe("after a crash", () => {
  it("every frame of a second before the kill or earlier is there: the panel hidden, and the app page in the background", () =>
    kill((random) => (["panel hidden", "app page in the background"] as const).map((place) => ({ place, after: 1500 + random() * 1500 }))));
});
