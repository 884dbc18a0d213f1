/** Runs checks and test suites, and closes with a true count of what passed and what failed. */
import { mkdir, readFile, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { runCommand } from "./run-command.mjs";
import { ROOT } from "./set-up.mjs";

/** @typedef {{ passed: number, failed: number, failures?: readonly string[] }} Count `failures` says what failed, and how. */

/**
 * A check counts as one; a suite counts each of its tests.
 * @typedef {{ title: string, run: (signal: AbortSignal) => Promise<Count> }} Step
 */

/**
 * A check that a command makes: passed with exit code 0. What it prints is shown only where it fails.
 * @param {string} title
 * @param {string} script Of a package in node_modules, from there.
 * @param {readonly string[]} parameters
 * @returns {Step}
 */
export function check(title, script, parameters) {
  return {
    title,
    run: async (signal) => {
      await runCommand(process.execPath, [fileURLToPath(new URL(`node_modules/${script}`, ROOT)), ...parameters], { cwd: ROOT, quiet: true, signal });
      return { passed: 1, failed: 0 };
    },
  };
}

/**
 * A check that is a function: passed when it does not throw.
 * @param {string} title
 * @param {(signal: AbortSignal) => Promise<void>} run
 * @returns {Step}
 */
export function checkWith(title, run) {
  return { title, run: (signal) => run(signal).then(() => ({ passed: 1, failed: 0 })) };
}

/**
 * A project of vitest.config.ts.
 * @param {string} title
 * @param {string} project
 * @returns {Step}
 */
export function suite(title, project) {
  const report = new URL(`out/test-report-${project}.json`, ROOT);
  return {
    title,
    run: async (signal) => {
      await mkdir(new URL("./", report), { recursive: true });
      await rm(report, { force: true });
      const vitest = fileURLToPath(new URL("node_modules/vitest/vitest.mjs", ROOT));
      const parameters = ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${fileURLToPath(report)}`];
      /** @type {unknown} */
      let failure;
      await runCommand(process.execPath, [vitest, ...parameters], { cwd: ROOT, signal }).catch((error) => (failure = error));
      const count = await readReport(report);
      // A suite that could not even begin, or broke outside its tests, is a failure of its own.
      if (failure !== undefined && count.failed === 0) return { ...count, failed: 1, failures: [...(count.failures ?? []), `${title}: ${saidBy(failure)}`] };
      return count;
    },
  };
}

/**
 * @param {URL} report
 * @returns {Promise<Count>}
 */
async function readReport(report) {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(await readFile(report, "utf8"));
    return { passed: numPassedTests, failed: numFailedTests, failures: testResults.flatMap(failuresOf) };
  } catch {
    return { passed: 0, failed: 0 };
  }
}

/**
 * @param {{ name: string, message: string, assertionResults: { status: string, fullName: string, failureMessages: string[] }[] }} file Of vitest's JSON report.
 * @returns {string[]}
 */
function failuresOf({ name, message, assertionResults }) {
  const failed = assertionResults.filter(({ status }) => status === "failed");
  // A file that broke outside its tests has none that failed.
  if (failed.length === 0) return message === "" ? [] : [`${name}: ${message}`];
  return failed.map(({ fullName, failureMessages }) => `${name}: ${fullName}\n${failureMessages.join("\n")}`);
}

/** @param {unknown} error */
function saidBy(error) {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Runs every step, also after one has failed, and prints what failed once more at its end, where a log that is cut still has it; the count is its last line.
 * @param {readonly (Step | readonly Step[])[]} steps One after another; those of a list at the same time.
 * @param {AbortSignal} signal Ends the steps under way and skips the rest.
 */
export async function verify(steps, signal) {
  /** @type {Count} */
  const total = { passed: 0, failed: 0 };
  /** @type {string[]} */
  const said = [];
  for (const step of steps) {
    if (signal.aborted) return;
    for (const { passed, failed, failures = [] } of await Promise.all([step].flat().map((one) => runStep(one, signal)))) {
      total.passed += passed;
      total.failed += failed;
      said.push(...failures);
    }
  }
  if (total.failed > 0) process.exitCode = 1;
  for (const failure of said) console.log(`\n✗ ${failure}`);
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
}

/**
 * @param {Step} step
 * @param {AbortSignal} signal
 * @returns {Promise<Count>}
 */
async function runStep({ title, run }, signal) {
  const began = performance.now();
  console.log(`\n── ${title}`);
  const count = await run(signal).catch((error) => {
    console.error(`── ${title}: ${saidBy(error)}`);
    return { passed: 0, failed: 1, failures: [`${title}: ${saidBy(error)}`] };
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`── ${title}: ${count.failed === 0 ? "passed" : "FAILED"} in ${seconds} s`);
  return count;
}
