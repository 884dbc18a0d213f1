import { expect, test } from "vitest";
import { fieldCondition } from "../../../src/query/edit.ts";
import { FiltersStore } from "../../../src/panel/state/filters-store.ts";
import { muteOf } from "../../../src/panel/state/mute.ts";
import { connectEngine } from "./answering-engine.ts";
import { memoryArea } from "./memory-area.ts";

test("a type is muted, and no longer, by one press each, also where its chip was switched off meanwhile or has a name of the user's own", () => {
  const engine = connectEngine();
  const filters = new FiltersStore(engine.client, memoryArea(), () => {});
  const press = (): void => muteOf(filters, fieldCondition("type", "ping pong")).toggle();
  const saved = () => filters.store.getState().saved;
  press();
  expect(saved()).toEqual([{ name: '-type:"ping pong"', text: '-type:"ping pong"', isOn: true }]);
  expect(muteOf(filters, fieldCondition("type", "ping pong"))).toMatchObject({ filter: 'type:"ping pong"', isOn: true });
  expect(muteOf(filters, fieldCondition("type", "ping")).isOn).toBe(false);
  press();
  expect(saved()).toEqual([]);
  filters.save("quiet", '-type:"ping pong"');
  filters.toggle("quiet");
  press();
  expect(saved()).toEqual([{ name: "quiet", text: '-type:"ping pong"', isOn: true }]);
  press();
  expect(saved()).toEqual([]);
  engine.end();
});
