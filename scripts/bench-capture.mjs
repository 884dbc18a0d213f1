/** `npm run bench:capture`: Framescope's capture rate against a listener that only counts, and what each costs the page. */
import { runScript } from "./lifetime.mjs";
import { setUp } from "./set-up.mjs";

/** Of each, in turns, after one that warms up; `--rounds N` asks for another number. */
const ROUNDS = 5;
/** The share of the bare listener's rate that Framescope must reach. */
const LEAST = 0.95;

await runScript(async (lifetime) => {
  const { signal } = lifetime;
  await setUp({ signal });
  const [{ buildExtension }, { findBrowser }, { startLoadServer }, { SIZES, sampleFramescope, sampleListener }, { writeTable }] = await Promise.all([
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
    "| a frame | listener that only counts | Framescope | of it | the page receives beside the listener | beside Framescope | of it |",
    "| --- | --- | --- | --- | --- | --- | --- |",
  ];
  for (const { name, size, count } of SIZES) {
    const burst = { executablePath, url: server.url, webSocketUrl: server.webSocketUrl, size, count };
    /** @type {import("../test/bench/capture-bench.mjs").Sample[]} */
    const listener = [];
    /** @type {import("../test/bench/capture-bench.mjs").Sample[]} */
    const ours = [];
    for (let round = 0; round <= rounds; round++) {
      if (signal.aborted) return;
      const one = await sampleListener(burst);
      const other = await sampleFramescope(burst);
      if (round === 0) continue;
      listener.push(one);
      ours.push(other);
      console.log(`    ${name}: ${perSecond(one.captured)} and ${perSecond(other.captured)}; the page ${perSecond(one.received)} and ${perSecond(other.received)}`);
    }
    const captured = [median(listener.map((one) => one.captured)), median(ours.map((one) => one.captured))];
    const received = [median(listener.map((one) => one.received)), median(ours.map((one) => one.received))];
    const share = ratio(captured);
    console.log(`${share >= LEAST ? "  " : "! "}${name}: ${share.toFixed(2)} of the listener's rate (at least ${LEAST}); the page receives ${ratio(received).toFixed(2)} of what it does beside the listener`);
    lines.push(`| ${[name, ...captured.map(perSecond), `**${share.toFixed(2)}** (at least ${LEAST})`, ...received.map(perSecond), `**${ratio(received).toFixed(2)}**`].join(" | ")} |`);
  }
  await writeTable("capture", lines, version);
});

/** @param {readonly number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** @param {readonly number[]} pair */
function ratio([first = Number.NaN, second = Number.NaN]) {
  return second / first;
}

/** @param {number} rate */
function perSecond(rate) {
  return `${Math.round(rate).toLocaleString("en-US")}/s`;
}
