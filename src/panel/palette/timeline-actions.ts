import { MEASURES, timelineOf } from "../timeline/timeline-store.ts";
import type { ActionGroup } from "./action.ts";

/** What the timeline shows, and of which connections. */
export const timelineActions: ActionGroup = ({ session, speaker: { words } }) => {
  const timeline = timelineOf(session);
  const { measure, hasLanes } = timeline.store.getState();
  return [
    { id: "lanes", name: words(hasLanes ? "palette.setting-off" : "palette.setting-on", { name: words("timeline.lanes") }), run: () => timeline.showLanes(!hasLanes) },
    ...MEASURES.filter((one) => one !== measure).map((one) => ({ id: `measure ${one}`, name: `${words("timeline.measure")} › ${words(`timeline.${one}`)}`, run: () => timeline.setMeasure(one) })),
  ];
};
