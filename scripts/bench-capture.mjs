/** `npm run bench:capture`: Framescope's capture rate against listeners that only count or keep, what each costs the page, and what talking back does. */
import { fileURLToPath } from "node:url";
import { runScript } from "./lifetime.mjs";
import { ROOT, setUp } from "./set-up.mjs";

/** Of each, in turns, after one that warms up; `--rounds N` asks for another number. */
const ROUNDS = 3;
/** What a short burst may take the page beside Framescope, of the time beside a listener that counts. */
const MOST_BURST = 1.1;
/** How long a page may stand still while Framescope attaches, of the time beside a bare attach, and in milliseconds. */
const MOST_GAP = 1.2;
const MOST_GAP_MS = 60;
/** A gap is some turns of a 10 ms timer: one round says little. */
const GAP_ROUNDS = 3;
/** The share of its own rate without them that findings, and decoders, may leave. */
const LEAST_BESIDE_FINDINGS = 0.98;
const LEAST_BESIDE_DECODERS = 0.95;
/** So many times as many rounds: what these take is less than weather. */
const PAIR_ROUNDS = 3;
/** The share of the counting listener's rate that Framescope must reach. */
const LEAST = 0.95;

/**
 * What each of the measurements works with.
 * @typedef {{ executablePath: string, url: string, webSocketUrl: string, rounds: number, lifetime: import("./lifetime.mjs").Lifetime }} Bench
 */

/** Each measures one table of docs/performance.md; `--only attach,bursts` asks for some of them. */
const TABLES = { attach: attachTable, capture: captureTable, findings: findingsTable, decoders: decodersTable, bursts: burstTable, sending: sendingTable };

await runScript(async (lifetime) => {
  const { signal } = lifetime;
  await setUp({ signal });
  const [{ buildExtension }, { findBrowser }, { startLoadServer }, { writeTable }] = await Promise.all([
    import("./build-extension.mjs"),
    import("./find-browser.mjs"),
    import("../demo/load-server.mjs"),
    import("./bench-report.mjs"),
  ]);
  await buildExtension({ signal });
  const { path: executablePath, version } = await findBrowser({ signal });
  const { url, webSocketUrl, close } = await startLoadServer({ record: "off" });
  lifetime.defer(close);
  const rounds = Number(option("--rounds") ?? ROUNDS);
  const only = option("--only")?.split(",");
  for (const [name, measure] of Object.entries(TABLES)) {
    if (only?.includes(name) === false) continue;
    await writeTable(/** @type {keyof typeof TABLES} */ (name), await measure({ executablePath, url, webSocketUrl, rounds, lifetime }), version);
  }
});

/** @param {string} name */
function option(name) {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

/** @param {Bench} bench */
async function attachTable({ executablePath, url, rounds, lifetime: { signal } }) {
  const { OBJECTS, attachBare, attachFramescope } = await import("../test/bench/attach-bench.mjs");
  const lines = [
    "| a page of 2,000,000 objects | DevTools opens, Chrome's own | a bare attach and `Network.enable` | the same as Chrome's Network panel is shown | Framescope, its panel being shown | of the third | at most |",
    "| --- | --- | --- | --- | --- | --- | --- |",
  ];
  for (const speaks of [false, true]) {
    const page = { executablePath, url, speaks };
    const subjects = [() => attachBare({ ...page, isViewShown: false }), () => attachBare({ ...page, isViewShown: true }), () => attachFramescope(page)];
    const samples = subjects.map(() => /** @type {import("../test/bench/attach-bench.mjs").Gaps[]} */ ([]));
    for (let round = 0; round < rounds * GAP_ROUNDS; round++) {
      for (const [i, sample] of subjects.entries()) {
        signal.throwIfAborted();
        samples[i]?.push(await sample());
      }
    }
    const opening = median(samples.flat().map((gaps) => gaps.opening));
    const [bare = Number.NaN, shown = Number.NaN, ours = Number.NaN] = samples.map((all) => median(all.map(({ attaching }) => attaching)));
    const ratio = ours / shown;
    const name = speaks ? "a socket from before DevTools gets 20 messages a second" : "it has no socket";
    const most = speaks ? `${MOST_GAP_MS} ms` : `${MOST_GAP.toFixed(2)} and ${MOST_GAP_MS} ms`;
    lines.push(`| ${[name, ...[opening, bare, shown].map((gap) => `${gap.toFixed(0)} ms`), `**${ours.toFixed(0)} ms**`, ratio.toFixed(2), most].join(" | ")} |`);
    const isWithin = ours <= MOST_GAP_MS && (speaks || ratio <= MOST_GAP);
    console.log(
      `${isWithin ? "  " : "! "}attaching to a page of ${OBJECTS.toLocaleString("en-US")} objects, ${name}: its longest gap is ${ours.toFixed(0)} ms, ` +
        `${ratio.toFixed(2)} of that beside a bare attach as Chrome's Network panel is shown (at most ${most})`,
    );
    console.log(`    ${samples.map((all) => all.map(({ attaching }) => attaching.toFixed(0)).join(" ")).join(" | ")}; while DevTools opens: ${opening.toFixed(0)} ms`);
  }
  return lines;
}

/** @param {Bench} bench */
async function captureTable({ executablePath, url, webSocketUrl, rounds, lifetime: { signal } }) {
  const { SIZES, sampleFramescope, sampleListener } = await import("../test/bench/capture-bench.mjs");
  const lines = [
    "| a frame | | captured | of the first | Framescope of it | the page receives | of beside the first | processor time a frame, all of Chrome | of the first |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
  ];
  for (const { name, size, count } of SIZES) {
    const burst = { executablePath, url, webSocketUrl, size, count };
    const kinds = /** @type {const} */ (["counting in a service worker", "counting in a page", "keeping in the least way"]);
    const subjects = [
      ...kinds.map((kind) => ({ label: `a listener ${kind}`, sample: () => sampleListener(kind, burst) })),
      { label: "**Framescope**", sample: () => sampleFramescope(burst) },
    ].map((subject) => ({ ...subject, samples: /** @type {import("../test/bench/capture-bench.mjs").Sample[]} */ ([]) }));
    for (let round = 0; round <= rounds; round++) {
      for (const { label, sample, samples } of subjects) {
        signal.throwIfAborted();
        const measured = await sample();
        if (round === 0) continue;
        samples.push(measured);
        console.log(`    ${name}, ${label.replaceAll("*", "")}: ${perSecond(measured.captured)}, the page ${perSecond(measured.received)}, ${measured.spent.toFixed(0)} µs of processor time a frame`);
      }
    }
    const rates = subjects.map(({ label, samples }) => ({
      label,
      captured: median(samples.map((one) => one.captured)),
      received: median(samples.map((one) => one.received)),
      spent: median(samples.map((one) => one.spent)),
    }));
    const [counting] = rates;
    const ours = rates.at(-1);
    if (counting === undefined || ours === undefined) continue;
    const share = ours.captured / counting.captured;
    for (const { label, captured, received, spent } of rates) {
      const shares = [captured / counting.captured, ours.captured / captured, received / counting.received, spent / counting.spent].map((one) => one.toFixed(2));
      lines.push(`| ${[name, label, perSecond(captured), shares[0], shares[1], perSecond(received), shares[2], `${spent.toFixed(0)} µs`, shares[3]].join(" | ")} |`);
    }
    console.log(
      `${share >= LEAST ? "  " : "! "}${name}: ${share.toFixed(2)} of the rate of a listener ${kinds[0]} (at least ${LEAST}); ` +
        `the page receives ${(ours.received / counting.received).toFixed(2)} of what it does beside that`,
    );
  }
  return lines;
}

/** @param {Bench} bench */
async function findingsTable({ executablePath, url, webSocketUrl, rounds, lifetime }) {
  const { SIZES, sampleFramescope } = await import("../test/bench/capture-bench.mjs");
  const lines = ["| a frame | findings are asked for | not | share, median of pairs | at least |", "| --- | --- | --- | --- | --- |"];
  for (const { name, size, count } of SIZES.slice(0, 1)) {
    const burst = { executablePath, url, webSocketUrl, size, count };
    const { on, off, share } = await inPairs(rounds, lifetime, (asksFindings) => sampleFramescope(burst, { asksFindings }), `${name}, findings`);
    lines.push(`| ${[name, perSecond(on.captured), perSecond(off.captured), `**${share.captured.toFixed(3)}**`, LEAST_BESIDE_FINDINGS.toFixed(2)].join(" | ")} |`);
    console.log(`${share.captured >= LEAST_BESIDE_FINDINGS ? "  " : "! "}${name}: with findings ${share.captured.toFixed(3)} of the rate without (at least ${LEAST_BESIDE_FINDINGS})`);
  }
  return lines;
}

/** @param {Bench} bench */
async function decodersTable({ executablePath, url, webSocketUrl, rounds, lifetime }) {
  const [{ SPOKEN, sampleFramescope }, { buildWithoutDecoders }] = await Promise.all([import("../test/bench/capture-bench.mjs"), import("../test/bench/without-decoders.mjs")]);
  const { extension: without, remove } = await buildWithoutDecoders();
  lifetime.defer(remove);
  const lines = [
    "| 200 B a frame | all decoders | none | share, median of pairs | at least | processor time a frame, all decoders | none | ratio, median of pairs |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
  ];
  /** @type {string[]} */
  const short = [];
  for (const { name, ...spoken } of SPOKEN) {
    const burst = { executablePath, url, webSocketUrl, ...spoken };
    const { on, off, share, shares } = await inPairs(rounds, lifetime, (decodes) => sampleFramescope(decodes ? burst : { ...burst, extension: without }), `${name}, decoders`);
    const rates = [perSecond(on.captured), perSecond(off.captured), `**${share.captured.toFixed(3)}**`, LEAST_BESIDE_DECODERS.toFixed(2)];
    lines.push(`| ${[name, ...rates, `${on.spent.toFixed(0)} µs`, `${off.spent.toFixed(0)} µs`, share.spent.toFixed(3)].join(" | ")} |`);
    if (share.captured < LEAST_BESIDE_DECODERS) short.push(`${name}'s pairs: ${shares.map((one) => one.toFixed(2)).join(", ")}.`);
    console.log(
      `${share.captured >= LEAST_BESIDE_DECODERS ? "  " : "! "}${name}: with all decoders ${share.captured.toFixed(3)} of the rate without (at least ${LEAST_BESIDE_DECODERS}), ` +
        `${share.spent.toFixed(3)} of the processor time`,
    );
  }
  const said = [
    `${rounds * PAIR_ROUNDS} pairs each; MessagePack's messages are claimed by it, so its row is what decoding takes, not what looking for a decoder does`,
    "(that is the row of *a message that nobody claims* above). In Node the decode thread takes 0.8 µs of a JSON frame and 2.9 µs of a",
    "Socket.IO frame, 1 % of what all of Chrome takes.",
  ];
  return [...lines, "", ...said, ...short];
}

/** @typedef {import("../test/bench/capture-bench.mjs").Sample} Sample */

/**
 * The capture with something on and without, in turns; each is the first of every other pair.
 * @param {number} rounds
 * @param {import("./lifetime.mjs").Lifetime} lifetime
 * @param {(isOn: boolean) => Promise<Sample>} sample
 * @param {string} what
 * @returns {Promise<{ on: Sample, off: Sample, share: Sample, shares: readonly number[] }>} Medians; `share`: of what each pair has with it, of what it has without. `shares`: of what was captured, each pair's.
 */
async function inPairs(rounds, { signal }, sample, what) {
  /** @type {{ on: Sample, off: Sample }[]} */
  const pairs = [];
  for (let round = 0; round < rounds * PAIR_ROUNDS; round++) {
    signal.throwIfAborted();
    const isOnFirst = round % 2 === 0;
    const first = await sample(isOnFirst);
    const second = await sample(!isOnFirst);
    const [on, off] = isOnFirst ? [first, second] : [second, first];
    pairs.push({ on, off });
    const [beside, without] = [on, off].map(({ captured, spent }) => `${perSecond(captured)}, ${spent.toFixed(0)} µs of processor time a frame`);
    console.log(`    ${what}: ${beside}; without: ${without}`);
  }
  /** @param {(pair: { on: Sample, off: Sample }, key: keyof Sample) => number} read @returns {Sample} */
  const medians = (read) => ({ captured: median(pairs.map((pair) => read(pair, "captured"))), received: median(pairs.map((pair) => read(pair, "received"))), spent: median(pairs.map((pair) => read(pair, "spent"))) });
  return { on: medians(({ on }, key) => on[key]), off: medians(({ off }, key) => off[key]), share: medians(({ on, off }, key) => on[key] / off[key]), shares: pairs.map(({ on, off }) => on.captured / off.captured) };
}

/** @param {Bench} bench */
async function burstTable({ executablePath, url, webSocketUrl, rounds, lifetime: { signal } }) {
  const { SHORT_BURSTS, shortBurstsBesideFramescope, shortBurstsBesideListener } = await import("../test/bench/capture-bench.mjs");
  const lines = ["| a burst | beside a listener in a devtools page | beside Framescope | ratio | at most |", "| --- | --- | --- | --- | --- |"];
  for (const { name, ...size } of SHORT_BURSTS) {
    const burst = { executablePath, url, webSocketUrl, ...size };
    /** @type {number[]} */
    const bare = [];
    /** @type {number[]} */
    const ours = [];
    for (let round = 0; round < rounds; round++) {
      signal.throwIfAborted();
      bare.push(...(await shortBurstsBesideListener(burst)));
      ours.push(...(await shortBurstsBesideFramescope(burst)));
    }
    const ratio = median(ours) / median(bare);
    lines.push(`| ${[name, `${median(bare).toFixed(0)} ms`, `${median(ours).toFixed(0)} ms`, `**${ratio.toFixed(2)}**`, MOST_BURST.toFixed(2)].join(" | ")} |`);
    console.log(`${ratio <= MOST_BURST ? "  " : "! "}${name} at once: the page receives them in ${ratio.toFixed(2)} of its time beside a listener that counts in a devtools page (at most ${MOST_BURST})`);
    console.log(`    ${bare.map((one) => one.toFixed(0)).join(" ")} | ${ours.map((one) => one.toFixed(0)).join(" ")}`);
  }
  return lines;
}

/** @param {Bench} bench */
async function sendingTable({ rounds }) {
  const [{ runnerImport }, { printRows, tableOf }] = await Promise.all([import("vite"), import("./bench-report.mjs")]);
  const { main } = (await runnerImport(fileURLToPath(new URL("test/bench/sending.bench.ts", ROOT)), { root: fileURLToPath(ROOT), configFile: false })).module;
  /** @type {readonly import("../test/bench/measure.ts").BenchRow[]} */
  const rows = await main(rounds);
  printRows(rows);
  return tableOf(rows);
}

/** @param {readonly number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** @param {number} rate */
function perSecond(rate) {
  return `${Math.round(rate).toLocaleString("en-US")}/s`;
}
