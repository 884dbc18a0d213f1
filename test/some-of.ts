/** What `npm test` has no time for is tried too: `npm run test:long` does all of it. */
export const IN_FULL = process.env["FRAMESCOPE_ALL_RUNS"] === "1";

/** Of the runs of a property that takes long, or of its size, as many as `npm test` has time for. */
export const someOf = (runs: number): number => (IN_FULL ? runs : Math.ceil(runs / 4));
