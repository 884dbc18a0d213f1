import { afterAll } from "vitest";
import { click, setFilter } from "../../scripts/panel-actions.mjs";
import { describeExports } from "./exports-scenario.ts";
import { describeLatencies } from "./latencies-scenario.ts";
import { describeLaterAnswers } from "./later-answers-scenario.ts";
import { describeMedia } from "./media-scenario.ts";
import { describeMessages } from "./messages-scenario.ts";
import { describeOpenSource } from "./open-source-scenario.ts";
import { describeProtocolLatencies } from "./protocol-latencies-scenario.ts";
import { borrowStage, type Begin, type Stage } from "./stage.ts";

// To open a browser and DevTools takes longer than each of these: they share one.

let stage: Promise<Stage> | undefined;
afterAll(async () => {
  if (stage !== undefined) await (await stage).end();
});

const begin: Begin = async (url) => {
  const given = await (stage ??= borrowStage("about:blank"));
  await given.page.goto(url);
  // What a test that failed left there is not the next one's.
  await setFilter(given, "");
  await click(given.panel, "button", "Clear");
  await given.waitForStatus("Matches", /^0 frames$/);
  return given;
};

describeLaterAnswers(begin);
describeMessages(begin);
describeMedia(begin);
describeExports(begin);
describeLatencies(begin);
describeProtocolLatencies(begin);
// Leaves DevTools' own view in front.
describeOpenSource(begin);
