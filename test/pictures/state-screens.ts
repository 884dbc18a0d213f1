import { click, clickOn } from "../../scripts/panel-actions.mjs";
import { button, closeInspector, filter, gone, openLast, seen, table, type Screen } from "../e2e/screen-hands.ts";
import { changeSettings } from "../e2e/stage.ts";

const SIZE_HEAD = '.head-cell[data-column="size"]';

/** On the demo, paused: what the panel looks like after this or that was done. Each begins and ends as those of `SCREENS`. */
export const STATE_SCREENS: readonly Screen[] = [
  {
    name: "sorted by size",
    show: async (hands) => {
      await table(hands);
      await clickOn(hands.stage.panel, SIZE_HEAD);
      await seen(hands, `${SIZE_HEAD}[aria-sort="descending"]`);
    },
    leave: async (hands) => {
      await clickOn(hands.stage.panel, SIZE_HEAD);
      await seen(hands, `${SIZE_HEAD}[aria-sort="ascending"]`);
      await clickOn(hands.stage.panel, SIZE_HEAD);
      await seen(hands, `${SIZE_HEAD}:not([aria-sort$="cending"])`);
    },
  },
  {
    name: "muted and highlighted",
    show: async (hands) => {
      await openLast(hands, "type:tick");
      await clickOn(hands.stage.panel, '.frame-row[aria-selected="true"] .cell-message', { button: "right" });
      await click(hands.stage.panel, "menuitem", hands.words("menu.mute", { filter: "type:tick" }));
      await filter(hands, "type:order*");
      await button(hands, hands.words("filter.keep"));
      await button(hands, hands.words("filter.highlight"));
      await closeInspector(hands);
      await seen(hands, ".chips-hidden");
      await seen(hands, ".chip-highlight");
    },
    leave: async (hands) => {
      await button(hands, hands.words("filter.remove-highlight", { filter: "type:order*" }));
      await button(hands, hands.words("filter.delete", { name: "-type:tick" }));
      await gone(hands, ".chips");
    },
  },
  {
    name: "nothing passes",
    show: async (hands) => {
      const { host } = new URL(hands.stage.page.url());
      await changeSettings(hands.stage.panel, { hiddenConnections: [{ site: host, pattern: `ws://${host}/graphql?` }] });
      await button(hands, hands.words("bar.sent"));
      await filter(hands, "nothing-has-this");
      await seen(hands, ".frames-reasons li:nth-child(3)");
    },
    leave: async (hands) => {
      await button(hands, hands.words("place.show-sent"));
      await button(hands, hands.words("menu.show-hidden"));
      await gone(hands, ".frames-reasons");
      await filter(hands, "");
    },
  },
  {
    name: "grouped by protocol",
    show: async ({ stage }) => await changeSettings(stage.panel, { groupConnections: "protocol" }),
    leave: async (hands) => {
      await changeSettings(hands.stage.panel, { groupConnections: "target" });
      await seen(hands, '.connections-target::-p-text(book-worker.mjs)');
    },
    at: ({ width }) => width > 700,
  },
  {
    name: "a connection alone",
    show: async (hands) => {
      // None of its rows is selected: that row would be shown.
      await clickOn(hands.stage.panel, '[role="option"] ::-p-text(/graphql)');
      await seen(hands, ".handshake");
    },
    leave: async (hands) => {
      await clickOn(hands.stage.panel, "#connection-all");
      await closeInspector(hands);
    },
    at: ({ width }) => width > 700,
  },
];

/** What cannot be taken back: last of all. */
export const END_SCREENS: readonly Screen[] = [
  {
    name: "internal error",
    show: async (hands) => {
      await hands.stage.panel.evaluate(() => void setTimeout(() => {
        throw new TypeError("made by a test");
      }));
      await seen(hands, ".status-faults");
    },
  },
  {
    name: "not capturing",
    show: async (hands) => {
      if (hands.stage.page.url().startsWith("chrome:")) return;
      await button(hands, hands.words("bar.record"));
      await hands.stage.page.goto("chrome://version");
      await seen(hands, ".status-stopped");
    },
  },
];
