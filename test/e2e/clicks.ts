import type { Frame } from "puppeteer-core";
import { presses } from "../../scripts/panel-actions.mjs";

/** How often the pointer is pressed on a way; a press that met something else, as a busy machine drew anew, is not of the way. */
export async function clicksOf(panel: Frame, way: () => Promise<void>): Promise<number> {
  const counted = await panel.evaluateHandle(() => {
    const count = { presses: 0 };
    addEventListener("pointerdown", () => count.presses++, { capture: true });
    return count;
  });
  const { missed } = presses;
  await way();
  const all = await counted.evaluate(({ presses: now }) => now);
  await counted.dispose();
  return all - (presses.missed - missed);
}
