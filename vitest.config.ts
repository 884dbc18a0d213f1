import { defineConfig } from "vitest/config";
import { BaseSequencer } from "vitest/node";
import { IN_FULL } from "./test/some-of.ts";

/** Vitest begins with the largest file: these are small, and take long. Begun last, they would keep everybody waiting in the end. */
const LONGEST = /\/e2e\/(?:layout|on-one-stage)\.test\.ts$/;

/** `npm run test:long` alone has time for these. */
const ONLY_IN_FULL = IN_FULL ? [] : ["test/e2e/**/*.long.test.ts"];

class LongestFirst extends BaseSequencer {
  override async sort(files: Parameters<BaseSequencer["sort"]>[0]): ReturnType<BaseSequencer["sort"]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- Vitest's own, of that name.
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => Number(LONGEST.test(b.moduleId)) - Number(LONGEST.test(a.moduleId)));
  }
}

const IN_BROWSER = {
  environment: "node",
  testTimeout: 120_000,
  hookTimeout: 120_000,
  // However long another browser takes beside: what comes in the end is meant, not how soon.
  expect: { poll: { interval: 50, timeout: 30_000 } },
  setupFiles: ["test/e2e/tell-failures.ts"],
  // Node itself loads these: Vite would resolve some of their packages to a second copy of themselves.
  server: { deps: { external: [/\/(demo|scripts)\//] } },
};

export default defineConfig({
  test: {
    // Hooks run in the order in which they are made known: what tells of a failure, before what ends the browser.
    sequence: { hooks: "list", sequencer: LongestFirst },
    projects: [
      // While one waits for a program that it started, or for a time to be over, two cores have two others to run.
      { test: { name: "unit", include: ["test/**/*.test.ts"], exclude: ["test/e2e/**", "test/long/**", "test/bench/**", "test/pictures/**"], environment: "node", testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { interval: 25, timeout: 20_000 } }, pool: "threads", isolate: false, maxWorkers: 3 } },
      // Alone, and with a garbage collector to call: what is measured here is compared with what was promised.
      { test: { name: "speed", include: ["test/bench/**/*.test.ts"], environment: "node", testTimeout: 120_000, pool: "forks", execArgv: ["--expose-gc"], fileParallelism: false } },
      // Tests of what is seen and done wait for it, however long other browsers take beside them; while one waits for an
      // answer that does not come, two cores have two others to run.
      { test: { name: "e2e", include: ["test/e2e/**/*.test.ts"], exclude: ["test/e2e/**/*.alone.*", ...ONLY_IN_FULL], ...IN_BROWSER, isolate: false, maxWorkers: 3 } },
      // Tests of how fast, how much or when: two browsers on two cores would measure each other.
      { test: { name: "e2e-alone", include: ["test/e2e/**/*.alone.*"], exclude: ONLY_IN_FULL, ...IN_BROWSER, fileParallelism: false } },
      { test: { name: "pictures", include: ["test/pictures/**/*.test.ts"], ...IN_BROWSER, fileParallelism: false } },
      { test: { name: "long", include: ["test/long/**/*.test.ts"], env: { FRAMESCOPE_ALL_RUNS: "1" }, ...IN_BROWSER, testTimeout: 1_200_000, fileParallelism: false } },
    ],
  },
});
