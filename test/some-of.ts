/** Of the runs of a property that takes long, as many as `npm test` has time for; test/long/properties makes all of them. */
export const someOf = (runs: number): number => (process.env["FRAMESCOPE_ALL_RUNS"] === "1" ? runs : Math.ceil(runs / 4));
