import { describe, expect, it } from "vitest";
import { countFaults, Faults, hearFaults } from "../../src/model/faults.ts";
import { Refusal } from "../../src/model/refusal.ts";

describe("a list of faults", () => {
  it("holds the place in the code, and no word that an error quotes", () => {
    const faults = new Faults("recorder");
    const secret = { token: "s3cret" };
    const bad: (() => unknown)[] = [
      () => JSON.parse('{"token":"s3cret" oops'),
      () => (secret as unknown as Record<string, () => void>)["s3cret"]?.call(null) ?? (undefined as unknown as Record<string, string>)["s3cret"],
      () => {
        throw new Error("s3cret\n    s3cret at line 3");
      },
      () => {
        throw new Error("s3cret\n    at https://s3cret.test/feed.js:3:4");
      },
      () => {
        throw "s3cret";
      },
    ];
    for (const one of bad) {
      try {
        one();
      } catch (error) {
        faults.add(error);
      }
    }
    expect(faults.list.map(({ what }) => what)).toEqual(["SyntaxError", "TypeError: Cannot read properties of undefined (reading", "Error", "Error", "a string was thrown"]);
    expect(faults.list.slice(0, 4).every(({ stack }) => stack.some((line) => line.includes("faults.test.ts")))).toBe(true);
    expect(JSON.stringify(faults.list)).not.toContain("s3cret");
  });

  it("counts the same bug once more, and of very many only how many", () => {
    const faults = new Faults("panel");
    for (let i = 0; i < 3; i++) faults.addTold("an error");
    expect(faults.list).toEqual([{ where: "panel", what: "an error", stack: [], count: 3 }]);
    for (let i = 0; i < 50; i++) faults.addTold(`error ${i}`);
    expect([faults.list.length, countFaults(faults.list)]).toEqual([20, 53]);
  });

  it("hears nothing any more once it has ended", () => {
    const page = new EventTarget();
    const faults = new Faults("page");
    const end = hearFaults(page, faults);
    const tellAll = (): void => {
      page.dispatchEvent(Object.assign(new Event("error"), { message: "x", error: new Error("x") }));
      page.dispatchEvent(Object.assign(new Event("unhandledrejection"), { reason: new Error("x") }));
    };
    tellAll();
    end();
    tellAll();
    expect(countFaults(faults.list)).toBe(2);
  });

  it("hears what nobody caught, and leaves out what only sounds like an error", () => {
    const heard: Record<string, (event: unknown) => void> = {};
    const faults = new Faults("page");
    hearFaults({ addEventListener: (type, listener) => void (heard[type] = listener), removeEventListener: () => {} }, faults);
    heard["error"]?.({ message: "ResizeObserver loop completed with undelivered notifications." });
    heard["error"]?.({ message: "Uncaught Error: x", error: new Error("x") });
    heard["error"]?.({ message: "Script error.", filename: "a.js", lineno: 3, colno: 4 });
    heard["unhandledrejection"]?.({ reason: new Refusal("the disk is full") });
    heard["unhandledrejection"]?.({ reason: new TypeError("x is not a function") });
    expect(faults.list.map(({ what }) => what)).toEqual(["Error", "an error", "a refusal that nobody told", "TypeError: x is not a function"]);
  });
});
