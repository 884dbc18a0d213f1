/** The checks that need no browser: `npm run check` runs them, `npm test` runs them first. */
import { buildExtension } from "./build-extension.mjs";
import { reportSize } from "./size-report.mjs";
import { check, checkWith, suite } from "./verification.mjs";

// Several each look at what all files share, and beside the other checks there is no core for them.
const ONE_CHECKER = ["--checkers", "1"];

/** @type {readonly (import("./verification.mjs").Step | readonly import("./verification.mjs").Step[])[]} */
export const CHECKS = [
  [
    check("types", "typescript/bin/tsc", ["-p", "tsconfig.json", ...ONE_CHECKER]),
    check("types of the rooms that know no browser", "typescript/bin/tsc", ["-p", "tsconfig.pure.json", ...ONE_CHECKER]),
    check("lint and import rules", "oxlint/bin/oxlint", ["--type-aware", "--quiet"]),
    check("unused code", "knip/bin/knip.js", []),
    checkWith("build", (signal) => buildExtension({ signal })),
  ],
  checkWith("size of the panel's first paint", reportSize),
  suite("unit and property tests", "unit"),
];
