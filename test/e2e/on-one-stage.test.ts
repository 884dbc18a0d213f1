import { afterAll } from "vitest";
import { click, setFilter } from "../../scripts/panel-actions.mjs";
import { describeDrawing } from "./drawing-scenario.ts";
import { describeEndings } from "./endings-scenario.ts";
import { describeExportedHar } from "./exported-har-scenario.ts";
import { describeExports } from "./exports-scenario.ts";
import { describeKeys } from "./keys-scenario.ts";
import { describeLatencies } from "./latencies-scenario.ts";
import { describeLaterAnswers } from "./later-answers-scenario.ts";
import { describeMedia } from "./media-scenario.ts";
import { describeMessages } from "./messages-scenario.ts";
import { describeOpenSource } from "./open-source-scenario.ts";
import { describeProtocolLatencies } from "./protocol-latencies-scenario.ts";
import { describeSendFaults } from "./send-faults-scenario.ts";
import { borrowStage, changeSettings, type Begin, type Stage } from "./stage.ts";

// To open a browser and DevTools takes longer than each of these: they share one.

let stage: Promise<Stage> | undefined;
afterAll(async () => {
  if (stage !== undefined) await (await stage).end();
});

const begin: Begin = async (url) => {
  const given = await (stage ??= borrowStage("about:blank"));
  await given.page.goto(url);
  // What a test that failed left there is not the next one's.
  await changeSettings(given.panel, { observeClosings: false });
  for (const name of ["Close the drawer", "Close inspector"]) if ((await given.panel.$(`button[aria-label="${name}"]`)) !== null) await click(given.panel, "button", name);
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
describeEndings(begin);
describeSendFaults(begin);
describeExportedHar(begin);
describeDrawing(begin);
describeKeys(begin);
// Leaves DevTools' own view in front.
describeOpenSource(begin);
