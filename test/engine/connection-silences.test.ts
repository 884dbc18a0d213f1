import { afterEach, describe, expect, it } from "vitest";
import type { TimelineView } from "../../src/contract/timeline.ts";
import { connectionId, milliseconds } from "../../src/model/units.ts";
import { urlPattern } from "../../src/model/url-pattern.ts";
import { Story } from "./findings/story.ts";
import { setupEngine } from "./setup-engine.ts";

let end = (): void => {};
afterEach(() => end());

function setup(story: Story) {
  const engine = setupEngine();
  end = engine.end;
  engine.engine.receive({ type: "batch", batch: story.batch() }, () => {});
  const timeline = async (lanes = 0): Promise<TimelineView> => {
    const view = await engine.call("timeline", { range: null, buckets: 100, lanes });
    if (view === null) throw new Error("The log is empty.");
    return view;
  };
  return { ...engine, timeline };
}

const seconds = ({ from, to }: { readonly from: number; readonly to: number }): readonly [number, number] => [from / 1000, to / 1000];
const quiet = (view: TimelineView) => view.quiet.map((one) => [one.url, ...seconds(one)]);

/** From second 0 on: a feed that says something each second but from 40 to 60, beside one that always does. */
const beside = (): Story => {
  const story = new Story().open(0, { url: "wss://feed.test/quiet" }).open(0, { url: "wss://feed.test/busy" });
  for (let i = 1; i <= 90; i++) {
    if (i < 40 || i > 60) story.received(i, "tick", 1);
    story.received(i + 0.5, "tock", 2);
  }
  return story;
};

describe("the silences of one connection", () => {
  it("are told while others talk, in its lane too", async () => {
    const { timeline } = setup(beside());
    const view = await timeline(8);
    expect(view.silences).toEqual([]);
    expect(quiet(view)).toEqual([["wss://feed.test/quiet", 39, 61]]);
    expect(view.lanes.shown.map(({ url, silences }) => [url, silences.map(seconds)])).toEqual([["wss://feed.test/quiet", [[39, 61]]], ["wss://feed.test/busy", []]]);
  });

  it("are those of the timeline where it alone is shown, and are not told of connections that are not shown", async () => {
    const { timeline, call } = setup(beside());
    const scope = { filter: "", sent: true, received: true, sort: null };
    await call("setScope", { ...scope, connection: connectionId(1) });
    expect((await timeline()).silences.map(seconds)).toEqual([[39, 61]]);
    expect((await timeline()).quiet).toEqual([]);
    await call("setScope", { ...scope, connection: connectionId(2) });
    expect((await timeline()).silences).toEqual([]);
    await call("setScope", { ...scope, connection: null, hidden: [{ site: "feed.test", pattern: urlPattern("wss://feed.test/quiet") }] });
    expect((await timeline()).quiet).toEqual([]);
  });

  it("last until now where it never speaks again, until its end where it closes, and not while it is closed", async () => {
    const story = (): Story => new Story().open(0, { url: "wss://feed.test/a" }).open(0, { url: "wss://feed.test/b" }).times(40, (one, i) => one.received(i + 1, "a", 1));
    const lasting = story().times(100, (one, i) => one.received(i + 1.5, "b", 2));
    expect(quiet(await setup(lasting).timeline())).toEqual([["wss://feed.test/a", 40, 100.5]]);
    end();
    const closed = story().close(70, 1006, "", 1).times(100, (one, i) => one.received(i + 1.5, "b", 2));
    expect(quiet(await setup(closed).timeline())).toEqual([["wss://feed.test/a", 40, 70]]);
    end();
    const again = story().close(41, 1006, "", 1).open(80, { url: "wss://feed.test/a" }).times(10, (one, i) => one.received(i + 81, "a", 3)).times(90, (one, i) => one.received(i + 1.5, "b", 2));
    expect(quiet(await setup(again).timeline())).toEqual([]);
  });

  it("are none while nobody listened", async () => {
    const story = new Story().open(0, { url: "wss://feed.test/a" }).open(0, { url: "wss://feed.test/b" });
    story.times(40, (one, i) => one.received(i + 1, "a", 1).received(i + 1.5, "b", 2)).pause(80).times(40, (one, i) => one.received(i + 81, "a", 1).received(i + 81.5, "b", 2));
    expect(quiet(await setup(story).timeline())).toEqual([]);
    end();
    // What is silent once somebody listens again is told from then on.
    const stays = new Story().open(0, { url: "wss://feed.test/a" }).open(0, { url: "wss://feed.test/b" });
    stays.times(40, (one, i) => one.received(i + 1, "a", 1).received(i + 1.5, "b", 2)).pause(80).times(40, (one, i) => one.received(i + 81.5, "b", 2));
    expect(quiet(await setup(stays).timeline())).toEqual([["wss://feed.test/a", 80, 120.5]]);
  });

  it("are told by its own habit: what is long for one is usual for another", async () => {
    const story = new Story().open(0, { url: "wss://feed.test/slow" }).open(0, { url: "wss://feed.test/quick" });
    story.times(40, (one, i) => one.received(i * 10, "slow", 1)).times(4000, (one, i) => (i < 2000 || i > 2080 ? one.received(i / 10, "quick", 2) : one));
    expect(quiet(await setup(story).timeline())).toEqual([["wss://feed.test/quick", 199.9, 208.1]]);
  });

  it("are told of the stretch on view alone", async () => {
    const { call } = setup(beside());
    const before = await call("timeline", { range: { from: milliseconds(0), to: milliseconds(30_000) }, buckets: 10 });
    expect(before?.quiet).toEqual([]);
    const within = await call("timeline", { range: { from: milliseconds(45_000), to: milliseconds(50_000) }, buckets: 10 });
    expect(within?.quiet).toHaveLength(1);
  });
});
