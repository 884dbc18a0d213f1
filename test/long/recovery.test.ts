import { describe, it } from "vitest";
import { PLACES, useKills } from "../e2e/recovery-scenarios.ts";

const kill = useKills();

describe("after a crash", () => {
  it("every frame of a second before the kill or earlier is there, 20 times, with the panel shown, hidden, and the app page in the background", () =>
    kill((random) => Array.from({ length: 20 }, (_, i) => ({ place: PLACES[i % PLACES.length] as (typeof PLACES)[number], after: 2000 + random() * 6000 }))));
});
