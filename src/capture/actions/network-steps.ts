import type { NetworkEffect, NetworkPhase } from "../../model/network-rule.ts";
import { milliseconds, type Milliseconds } from "../../model/units.ts";

/** A stretch of time of a rule; null: until it is lifted. `ends`: the connections are closed as it begins. */
export interface NetworkStep {
  readonly phase: NetworkPhase;
  readonly lasts: Milliseconds | null;
  readonly ends?: boolean;
}

const STALL_MS = 30_000;
const DOWN_MS = 10_000;
/** A closing handshake has its way meanwhile. */
const CLOSING_MS = 500;

/** What a rule does, step by step; `random`: 0 up to but without 1. */
export function* stepsOf({ type }: NetworkEffect, random: () => number): Generator<NetworkStep, void, void> {
  switch (type) {
    case "freeze":
      return yield { phase: "frozen", lasts: null };
    case "slow":
      return yield { phase: "slowed", lasts: null };
    case "refuse":
      return yield { phase: "refusing", lasts: null };
    case "hold":
      return yield { phase: "held", lasts: null };
    case "flaky":
      for (;;) {
        yield { phase: "passing", lasts: milliseconds(2000 + Math.floor(random() * 8000)) };
        yield { phase: "frozen", lasts: milliseconds(1000 + Math.floor(random() * 5000)) };
      }
    case "outage":
      yield { phase: "frozen", lasts: milliseconds(STALL_MS) };
      // What waited is for connections that are closing by then: they take no messages.
      yield { phase: "passing", lasts: milliseconds(CLOSING_MS), ends: true };
      return yield { phase: "down", lasts: milliseconds(DOWN_MS) };
  }
}
