/** `npm run bench:capture`: Framescope's capture rate against listeners that only count or keep, and what each costs the page. */
import { runScript } from "./lifetime.mjs";
import { setUp } from "./set-up.mjs";

/** Of each, in turns, after one that warms up; `--rounds N` asks for another number. */
const ROUNDS = 3;
/** What a short burst may take the page beside Framescope, of the time beside a listener that counts. */
const MOST_BURST = 1.1;
/** The share of the counting listener's rate that Framescope must reach. */
const LEAST = 0.95;

await runScript(async (lifetime) => {
  const { signal } = lifetime;
  await setUp({ signal });
  const [{ buildExtension }, { findBrowser }, { startLoadServer }, { SHORT_BURSTS, SIZES, sampleFramescope, sampleListener, shortBurstsBesideFramescope, shortBurstsBesideListener }, { writeTable }] = await Promise.all([
    import("./build-extension.mjs"),
    import("./find-browser.mjs"),
    import("../demo/load-server.mjs"),
    import("../test/bench/capture-bench.mjs"),
    import("./bench-report.mjs"),
  ]);
  await buildExtension({ signal });
  const { path: executablePath, version } = await findBrowser({ signal });
  const server = await startLoadServer({ record: "off" });
  lifetime.defer(server.close);
  const asked = process.argv.indexOf("--rounds");
  const rounds = asked < 0 ? ROUNDS : Number(process.argv[asked + 1]);

  const lines = [
    "| a frame | | captured | of the first | Framescope of it | the page receives | of beside the first |",
    "| --- | --- | --- | --- | --- | --- | --- |",
  ];
  for (const { name, size, count } of SIZES) {
    const burst = { executablePath, url: server.url, webSocketUrl: server.webSocketUrl, size, count };
    const kinds = /** @type {const} */ (["counting in a service worker", "counting in a page", "keeping in the least way"]);
    const subjects = [
      ...kinds.map((kind) => ({ label: `a listener ${kind}`, sample: () => sampleListener(kind, burst) })),
      { label: "**Framescope**", sample: () => sampleFramescope(burst) },
    ].map((subject) => ({ ...subject, samples: /** @type {import("../test/bench/capture-bench.mjs").Sample[]} */ ([]) }));
    for (let round = 0; round <= rounds; round++) {
      for (const { label, sample, samples } of subjects) {
        if (signal.aborted) return;
        const measured = await sample();
        if (round === 0) continue;
        samples.push(measured);
        console.log(`    ${name}, ${label.replaceAll("*", "")}: ${perSecond(measured.captured)}, the page ${perSecond(measured.received)}`);
      }
    }
    const rates = subjects.map(({ label, samples }) => ({
      label,
      captured: median(samples.map((one) => one.captured)),
      received: median(samples.map((one) => one.received)),
    }));
    const [counting] = rates;
    const ours = rates.at(-1);
    if (counting === undefined || ours === undefined) return;
    const share = ours.captured / counting.captured;
    for (const { label, captured, received } of rates) {
      const shares = [captured / counting.captured, ours.captured / captured, received / counting.received].map((one) => one.toFixed(2));
      lines.push(`| ${[name, label, perSecond(captured), shares[0], shares[1], perSecond(received), shares[2]].join(" | ")} |`);
    }
    console.log(
      `${share >= LEAST ? "  " : "! "}${name}: ${share.toFixed(2)} of the rate of a listener ${kinds[0]} (at least ${LEAST}); ` +
        `the page receives ${(ours.received / counting.received).toFixed(2)} of what it does beside that`,
    );
  }
  await writeTable("capture", lines, version);

  const burstLines = ["| a burst | beside a listener in a devtools page | beside Framescope | ratio | at most |", "| --- | --- | --- | --- | --- |"];
  for (const { name, ...size } of SHORT_BURSTS) {
    const burst = { executablePath, url: server.url, webSocketUrl: server.webSocketUrl, ...size };
    /** @type {number[]} */
    const bare = [];
    /** @type {number[]} */
    const ours = [];
    for (let round = 0; round < rounds; round++) {
      if (signal.aborted) return;
      bare.push(...(await shortBurstsBesideListener(burst)));
      ours.push(...(await shortBurstsBesideFramescope(burst)));
    }
    const ratio = median(ours) / median(bare);
    burstLines.push(`| ${[name, `${median(bare).toFixed(0)} ms`, `${median(ours).toFixed(0)} ms`, `**${ratio.toFixed(2)}**`, MOST_BURST.toFixed(2)].join(" | ")} |`);
    console.log(`${ratio <= MOST_BURST ? "  " : "! "}${name} at once: the page receives them in ${ratio.toFixed(2)} of its time beside a listener that counts in a devtools page (at most ${MOST_BURST})`);
    console.log(`    ${bare.map((one) => one.toFixed(0)).join(" ")} | ${ours.map((one) => one.toFixed(0)).join(" ")}`);
  }
  await writeTable("bursts", burstLines, version);
});

/** @param {readonly number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** @param {number} rate */
function perSecond(rate) {
  return `${Math.round(rate).toLocaleString("en-US")}/s`;
}
