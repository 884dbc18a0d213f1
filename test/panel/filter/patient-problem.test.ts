import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import { PatientProblem, PAUSE_MS } from "../../../src/panel/filter/patient-problem.ts";

const OPEN_QUOTE = { message: "This quote is not closed.", from: 0, to: 1 };
const NO_VALUE = { message: "A value is missing.", from: 3, to: 3 };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function setup() {
  const scope = createStore<{ text: string; problem: typeof OPEN_QUOTE | null }>(() => ({ text: "", problem: null }));
  const patient = new PatientProblem();
  const end = patient.follow(scope);
  return {
    patient,
    end,
    type: (text: string, problem: typeof OPEN_QUOTE | null) => {
      scope.setState({ text });
      scope.setState({ problem });
    },
    told: (problem: typeof OPEN_QUOTE) => scope.setState({ problem }),
    shown: () => patient.store.getState().shown?.message ?? null,
  };
}

describe("what is wrong with a filter", () => {
  it("is said once the typing pauses, not at each key", () => {
    const { type, shown } = setup();
    for (const text of ['"', '"B', '"BT']) {
      type(text, { ...OPEN_QUOTE });
      vi.advanceTimersByTime(PAUSE_MS - 1);
      expect(shown()).toBeNull();
    }
    vi.advanceTimersByTime(1);
    expect(shown()).toBe(OPEN_QUOTE.message);
  });

  it("stays while it is the same, and goes with the key that mends it or makes it another", () => {
    const { type, shown } = setup();
    type('"B', OPEN_QUOTE);
    vi.advanceTimersByTime(PAUSE_MS);
    type('"BT', { ...OPEN_QUOTE });
    expect(shown()).toBe(OPEN_QUOTE.message);
    type('"BT" .px >', NO_VALUE);
    expect(shown()).toBeNull();
    type('"BT" .px > 1', null);
    vi.advanceTimersByTime(PAUSE_MS);
    expect(shown()).toBeNull();
  });

  it("is said at once to who is done typing, also where it is found out only then", () => {
    const { patient, type, told, shown } = setup();
    type('"B', OPEN_QUOTE);
    patient.settle();
    expect(shown()).toBe(OPEN_QUOTE.message);
    told(NO_VALUE);
    expect(shown()).toBe(NO_VALUE.message);
  });

  it("is waited for no more once the box is gone", () => {
    const { type, end, shown } = setup();
    type('"B', OPEN_QUOTE);
    end();
    vi.advanceTimersByTime(PAUSE_MS);
    expect(shown()).toBeNull();
  });
});
