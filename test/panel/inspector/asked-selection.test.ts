import { describe, expect, it } from "vitest";
import { AskedSelection } from "../../../src/panel/inspector/asked-selection.ts";
import type { TextSelection } from "../../../src/panel/inspector/text-selection.ts";

const upTo = (cursor: number): TextSelection => ({ anchor: 0, cursor, column: 0 });

/** Questions wait until the test answers them. */
function setup() {
  const drawn: number[] = [];
  const asked = new AskedSelection(({ cursor }) => drawn.push(cursor));
  const late = () => {
    let answer: (selection: TextSelection | null) => void = () => {};
    const answered = new Promise<TextSelection | null>((resolve) => (answer = resolve));
    return { find: () => answered, answer: (selection: TextSelection | null) => answer(selection) };
  };
  return { asked, drawn, late };
}

const further = (before: TextSelection | null): Promise<TextSelection> => Promise.resolve(upTo((before?.cursor ?? 0) + 1));

describe("what is selected of a text", () => {
  it("is copied as it was asked for before, though that is not answered yet", async () => {
    const { asked, late } = setup();
    asked.pick(upTo(2));
    const all = late();
    const selecting = asked.goOn(all.find);
    const copied = asked.newest();
    expect(asked.now).toEqual(upTo(2));
    all.answer(upTo(900));
    expect(await copied).toEqual(upTo(900));
    expect(await selecting).toBe(true);
  });

  it("goes on from what the keys before select, in their order", async () => {
    const { asked, drawn, late } = setup();
    const all = late();
    void asked.goOn(all.find);
    void asked.goOn(further);
    const last = asked.goOn(further);
    expect(asked.isAny).toBe(true);
    all.answer(upTo(10));
    await last;
    expect(drawn).toEqual([10, 11, 12]);
  });

  it("is what the pointer picks, whatever is answered later; what was copied before that is what was asked for", async () => {
    const { asked, drawn, late } = setup();
    const all = late();
    const selecting = asked.goOn(all.find);
    const copied = asked.newest();
    asked.pick(upTo(3));
    await asked.goOn(further);
    all.answer(upTo(900));
    expect(await selecting).toBe(false);
    expect(await copied).toEqual(upTo(900));
    expect(drawn).toEqual([3, 4]);
    expect(await asked.newest()).toEqual(upTo(4));
  });

  it("stays where no answer comes", async () => {
    const { asked, drawn } = setup();
    expect(asked.isAny).toBe(false);
    asked.pick(upTo(5));
    expect(await asked.goOn(() => Promise.resolve(null))).toBe(false);
    expect([await asked.newest(), drawn]).toEqual([upTo(5), [5]]);
  });
});
