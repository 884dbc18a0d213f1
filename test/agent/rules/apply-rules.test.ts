import { describe, expect, it } from "vitest";
import { rule, rulesPage, type RulesPage } from "./rules-page.ts";

const OPEN = `globalThis.socket = new WebSocket("wss://page.test/feed"); globalThis.got = []; socket.addEventListener("message", (event) => got.push(event.data));`;

describe("what comes", () => {
  it("passes as it is where no rule is for it, in the event that Chrome made", () => {
    const { run } = rulesPage([rule({ filter: ".px > 100", action: { type: "drop" } })]);
    run(`${OPEN} const event = serverSays(socket, '{"px":5}'); globalThis.own = Object.hasOwn(event, "data");`);
    expect(run("[got, own]")).toEqual([['{"px":5}'], false]);
  });

  it("is dropped, and told", () => {
    const { run, notes } = rulesPage([rule({ filter: "secret", action: { type: "drop" } })]);
    run(`${OPEN} serverSays(socket, "a SECRET"); serverSays(socket, "public");`);
    expect(run("got")).toEqual(["public"]);
    expect(notes).toMatchObject([{ kind: "hello" }, { kind: "new", url: "wss://page.test/feed" }, { kind: "ping" }, { kind: "did", did: "dropped", rules: "1,", of: 1 }]);
  });

  it("is changed where it stands, digit for digit, and the rest of its text is left alone", () => {
    const { run } = rulesPage([rule({ action: { type: "edit", edits: '.a.px = .a.px / 2\n.list[1] = "x"\n"EUR" -> "USD"' } })]);
    run(`${OPEN} serverSays(socket, '{ "id": 12345678901234567890, "a": {"px": 5 , "\\\\u0061": 1}, "list": [1, [2], 3], "c":"EUR" }');`);
    expect(run("got")).toEqual(['{ "id": 12345678901234567890, "a": {"px": 2.5 , "\\u0061": 1}, "list": [1, "x", 3], "c":"USD" }']);
  });

  it("is changed in bytes too, where they are text", () => {
    const { run } = rulesPage([rule({ filter: "is:binary", action: { type: "edit", edits: '"a" -> "bb"' } })]);
    run(`${OPEN} serverSays(socket, new Uint8Array([97, 49]).buffer);`);
    expect(run("[...new Uint8Array(got[0])]")).toEqual([98, 98, 49]);
  });

  it("comes later, once, and before the closing at the latest", async () => {
    const { run, later } = rulesPage([rule({ filter: "slow", action: { type: "delay", milliseconds: 5 } })]);
    run(`${OPEN} serverSays(socket, "slow 1"); serverSays(socket, "quick");`);
    expect(run("got")).toEqual(["quick"]);
    await later();
    run(`socket.addEventListener("close", () => got.push("closed")); serverSays(socket, "slow 2"); socket.close();`);
    expect(run("got")).toEqual(["quick", "slow 1", "slow 2", "closed"]);
    await later();
    expect(run("got.length")).toBe(4);
  });

  it("waits for the user, who lets it go, changes it or drops it", () => {
    const { run, control, notes } = rulesPage([rule({ action: { type: "hold" } })]);
    run(`${OPEN} for (const text of ["a", "b", "c"]) serverSays(socket, text);`);
    expect(run("got")).toEqual([]);
    const held = notes.filter(({ kind }) => kind === "held").map(({ n }) => n as string);
    control("let go", JSON.stringify({ n: held[1], text: "B", isDropped: false }));
    control("let go", JSON.stringify({ n: held[0], text: null, isDropped: false }));
    control("let go", JSON.stringify({ n: held[2], text: null, isDropped: true }));
    expect(run("got")).toEqual(["B", "a"]);
    expect(notes.filter(({ kind }) => kind === "did").map(({ did, of }) => [did, of])).toEqual([["held", 2], ["held", 1], ["dropped", -1]]);
  });

  it("waits up to a number and a size; what would be too much passes, and that is told", () => {
    const { run, control, notes } = rulesPage([rule({ filter: "long", action: { type: "delay", milliseconds: 1e6 } }), rule({ id: "2", filter: "hold", action: { type: "hold" } })], "globalThis.setTimeout = () => {};");
    run(`${OPEN} const long = "long".repeat(4_000_000); for (let i = 0; i < 4; i++) serverSays(socket, long);`);
    expect([run("got.length"), notes.filter(({ kind }) => kind === "full").map(({ rule: id }) => id)]).toEqual([2, ["1", "1"]]);
    run(`for (let i = 0; i < 1000; i++) serverSays(socket, "hold");`);
    expect(run("got.length")).toBe(4);
    // Room is made by what goes.
    control("let go", JSON.stringify({ n: "5", text: null, isDropped: true }));
    run(`serverSays(socket, "hold"); serverSays(socket, "hold");`);
    expect(run("got.length")).toBe(5);
  });

  it("passes unchanged where the change cannot be made, and the rule is set aside", () => {
    const { run, notes } = rulesPage([rule({ action: { type: "edit", edits: ".px = .px * 2" } })]);
    run(`${OPEN} serverSays(socket, "no JSON"); serverSays(socket, '{"px":1}');`);
    expect(run("got")).toEqual(["no JSON", '{"px":1}']);
    expect(notes.filter(({ kind }) => kind === "aside")).toEqual([expect.objectContaining({ rule: "1", why: "edit" })]);
  });

  it("goes through all rules in their order, and no further than one that decides", () => {
    const edit = (id: string, edits: string) => rule({ id, action: { type: "edit", edits } });
    const { run, notes } = rulesPage([edit("a", '"1" -> "2"'), edit("b", '"2" -> "3"'), rule({ id: "c", filter: "3", action: { type: "drop" }, most: 1 })]);
    run(`${OPEN} serverSays(socket, "1"); serverSays(socket, "1");`);
    expect(run("got")).toEqual(["3"]);
    expect(notes.filter(({ kind }) => kind === "did").map(({ rules }) => rules)).toEqual(["a,b,c,", "a,b,"]);
  });
});

describe("what is sent", () => {
  it("is dropped, changed, delayed; the server gets what is told to go out", async () => {
    const sent = (id: string, filter: string, action: Parameters<typeof rule>[0]["action"]) => rule({ id, filter, action, direction: "sent" });
    const { run, later, notes } = rulesPage([sent("1", "drop", { type: "drop" }), sent("2", "edit", { type: "edit", edits: '"edit" -> "done"' }), sent("3", "slow", { type: "delay", milliseconds: 1 })]);
    run(`${OPEN} for (const text of ["drop", "edit", "slow", "as it is"]) socket.send(text);`);
    await later();
    expect(run("socket.wire")).toEqual(["done", "as it is", "slow"]);
    expect(notes.filter(({ kind }) => kind === "did").map(({ did, data, wire }) => [did, data, wire])).toEqual([["dropped", "drop", null], ["replaced", "edit", "done"], ["delayed", "", "slow"]]);
  });

  it("is answered here, instead of the server or beside it", async () => {
    const answer = (id: string, filter: string, instead: boolean) => rule({ id, filter, direction: "sent", action: { type: "answer", text: `to ${id}`, instead } });
    const { run, later } = rulesPage([answer("1", "login", true), answer("2", "hello", false)]);
    run(`${OPEN} socket.addEventListener("message", (event) => (globalThis.origin = event.origin)); socket.send("login"); socket.send("hello");`);
    expect(run("got")).toEqual([]);
    await later();
    expect(run("[got, socket.wire, origin]")).toEqual([["to 1", "to 2"], ["hello"], "wss://page.test"]);
  });

  it("is answered with values of its own, as they stand in it; where one is not there it passes, and the rule is set aside", async () => {
    const answer = (id: string, filter: string, text: string) => rule({ id, filter, direction: "sent", action: { type: "answer", text, instead: true } });
    const { run, later, notes } = rulesPage([
      answer("1", ".op = order", '{"re":{{.id}},"who":"for {{ .user.name }}","all":{{.user}},"n":"{{.id}}","kept":"\\{{.id}}"}'),
      answer("2", ".op = tree", '{"who":"{{.user}}"}'),
      answer("3", "no json", "{{.id}}"),
      answer("4", ".op = gone", "{{.nothing}}"),
    ]);
    run(`${OPEN} for (const text of ['{"op":"order","id":12345678901234567890,"user":{"name":"a \\\\"b\\\\" {{.id}}"}}', '{"op":"tree","user":{}}', "no json", '{"op":"gone"}', '{"op":"gone"}']) socket.send(text);`);
    await later();
    expect(run("got")).toEqual(['{"re":12345678901234567890,"who":"for a \\"b\\" {{.id}}","all":{"name":"a \\"b\\" {{.id}}"},"n":"12345678901234567890","kept":"{{.id}}"}']);
    expect(run("socket.wire")).toEqual(['{"op":"tree","user":{}}', "no json", '{"op":"gone"}', '{"op":"gone"}']);
    expect(notes.filter(({ kind }) => kind === "aside").map((note) => [note["rule"], note["why"]])).toEqual([["2", "answer"], ["3", "answer"], ["4", "answer"]]);
  });

  it("goes out before a closing, where it was delayed", () => {
    const { run } = rulesPage([rule({ direction: "sent", action: { type: "delay", milliseconds: 10_000 } })]);
    run(`${OPEN} socket.send("bye"); socket.close();`);
    expect(run("socket.wire")).toEqual(["bye"]);
  });

  it("is asked once what it says, as without a rule", () => {
    const { run } = rulesPage([rule({ direction: "sent", filter: "2", action: { type: "drop" } })]);
    run(`${OPEN} let asked = 0; const text = { toString: () => String(++asked) }; socket.send(text); socket.send(text); socket.send(text); globalThis.asked = asked;`);
    expect(run("[socket.wire, asked]")).toEqual([["1", "3"], 3]);
    expect(() => run(`socket.send({ toString() { throw new RangeError("the page's own"); } })`)).toThrow("the page's own");
  });

  it("a rule that answers itself is stopped at the number that is stated", async () => {
    const { run, notes } = rulesPage([rule({ direction: "sent", action: { type: "answer", text: "again", instead: true } })], "globalThis.setTimeout = (run, milliseconds) => milliseconds === 0 && queue.push(run); globalThis.queue = []; globalThis.performance = { now: () => 0 };");
    run(`${OPEN} socket.addEventListener("message", () => socket.send("again")); socket.send("again"); for (let i = 0; i < 5000 && queue.length > 0; i++) queue.shift()();`);
    expect(run("got.length")).toBe(1000);
    expect(run("socket.wire")).toEqual(["again"]);
    expect(notes.at(-1)).toMatchObject({ kind: "aside", why: "endless" });
  });
});

describe("the page", () => {
  it("sees native functions, names and the same objects", () => {
    const page = rulesPage([rule({ action: { type: "drop" } })]);
    page.run(`${OPEN} class Sub extends WebSocket {} globalThis.sub = new Sub("wss://page.test/sub");`);
    expect(page.run(`[sub instanceof Sub, sub instanceof WebSocket, socket.constructor === WebSocket, WebSocket.name, WebSocket.length, WebSocket.prototype.send.length, WebSocket.prototype.send.name, Object.getPrototypeOf(sub) === Sub.prototype, "binding" in globalThis]`)).toEqual([true, true, true, "WebSocket", 1, 1, "send", true, false]);
    expect(page.run("Function.prototype.toString.call(WebSocket.prototype.send).startsWith('send(data)') && String(WebSocket).startsWith('class WebSocket')")).toBe(true);
  });

  it("gets everything back once rules are off, and what waited goes its way", () => {
    const { run, control } = rulesPage([rule({ action: { type: "hold" } }), rule({ id: "2", direction: "sent", action: { type: "hold" } })]);
    run(`globalThis.before = [WebSocket]; ${OPEN} serverSays(socket, "a"); socket.send("b");`);
    control("off", "");
    expect(run("[got, socket.wire, WebSocket === before[0]]")).toEqual([["a"], ["b"], false]);
    run(`serverSays(socket, "c")`);
    expect(run("got")).toEqual(["a", "c"]);
  });

  it("is left alone once nobody is there who asked for the rules: what waited goes its way", () => {
    const timers = "globalThis.timers = []; globalThis.setTimeout = (run, milliseconds) => timers.push([milliseconds, run]);";
    const { run, control, notes } = rulesPage([rule({ action: { type: "hold" } })], timers);
    const pass = (): unknown => run("timers.shift()[1]()");
    run(`globalThis.natives = [WebSocket.prototype.send]; ${OPEN} serverSays(socket, "a");`);
    expect(notes.filter(({ kind }) => kind === "ping")).toHaveLength(1);
    control("pong", "");
    pass();
    // It waits still, so they are asked again; now nobody answers.
    expect([run("got"), notes.filter(({ kind }) => kind === "ping").length]).toEqual([[], 2]);
    pass();
    expect(run("[got, timers.length]")).toEqual([["a"], 0]);
    run(`serverSays(socket, "b")`);
    expect(run("got")).toEqual(["a", "b"]);
  });

  it("cannot take part by what it adds to objects that all inherit from", () => {
    const { run, notes } = rulesPage([rule({ filter: ".px > 1", action: { type: "edit", edits: ".px = 0" } }), rule({ id: "2", filter: "hold", action: { type: "hold" } })]);
    run(`${OPEN}
      globalThis.caught = "";
      const catching = (name) => function () { caught += name; };
      globalThis.natives = [JSON.stringify, Reflect.apply];
      for (const name of ["toJSON", "get", "apply", "construct", "has", "getPrototypeOf"]) Object.prototype[name] = catching(name);
      Object.prototype.data = Object.prototype.once = "page";
      for (const [holder, names] of [[RegExp.prototype, ["exec", "test"]], [String.prototype, ["indexOf", "slice"]], [JSON, ["parse", "stringify"]], [Reflect, ["apply", "construct"]], [WeakMap.prototype, ["get", "set"]], [TextDecoder.prototype, ["decode"]]])
        for (const name of names) holder[name] = catching(name);
      serverSays(socket, '{"px":5}'); serverSays(socket, "hold");
    `);
    expect(run("[got, caught]")).toEqual([['{"px":0}'], ""]);
    expect(notes.slice(3)).toMatchObject([{ kind: "did", did: "changed", data: '{"px":0}' }, { kind: "held", text: "hold" }]);
  });
});

describe("a socket that was open before", () => {
  const LISTENING = `${OPEN}
    socket.onmessage = ({ data }) => got.push("on " + data);
    socket.addEventListener("message", ({ data }) => got.push("once " + data), { once: true });
    socket.addEventListener("message", { handleEvent({ data }) { got.push("object " + data); } });
    socket.addEventListener("close", () => got.push("closed"));`;

  /** As the debugger does: it lists what listens between the two. */
  const adopt = ({ run, control }: RulesPage, between = ""): void => {
    control("watch", "", run("socket"));
    const theirs = run("socket.listing()");
    run(between);
    control("adopt", "7", run("socket"), theirs);
  };

  it("comes under the rules before all that listens to it, which goes on in its order", () => {
    const page = rulesPage([rule({ filter: ".px", action: { type: "edit", edits: ".px = .px * 2" } })], LISTENING, { hasRun: true });
    const { run, notes } = page;
    run(`serverSays(socket, '{"px":1}')`);
    expect(run("got.splice(0)")).toEqual(['{"px":1}', 'on {"px":1}', 'once {"px":1}', 'object {"px":1}']);
    adopt(page);
    expect(notes.at(-1)).toMatchObject({ kind: "met", n: "7", socket: 1, heard: 0 });
    run(`serverSays(socket, '{"px":1}')`);
    expect(run("got.splice(0)")).toEqual(['{"px":2}', 'on {"px":2}', 'object {"px":2}']);
    expect(notes.at(-1)).toMatchObject({ kind: "did", did: "changed", of: 1 });
  });

  it("is taken in once, and a listener that may hear once does so under rules too", () => {
    const page = rulesPage([rule({ filter: "drop", action: { type: "drop" } })], LISTENING, { hasRun: true });
    const { run } = page;
    adopt(page);
    adopt(page);
    run(`for (const text of ["drop", "a", "b"]) serverSays(socket, text);`);
    expect(run("got")).toEqual(["a", "on a", "once a", "object a", "b", "on b", "object b"]);
  });

  it("gets what waits before its own listeners hear that it closes", () => {
    const page = rulesPage([rule({ filter: "slow", action: { type: "delay", milliseconds: 1e6 } })], LISTENING, { hasRun: true });
    const { run } = page;
    adopt(page);
    run(`serverSays(socket, "slow"); socket.close();`);
    expect(run("got")).toEqual(["slow", "on slow", "once slow", "object slow", "closed"]);
  });

  it.each([
    ["a message comes", `serverSays(socket, "early")`],
    ["it closes", "socket.close()"],
    ["the page listens", `socket.addEventListener("message", () => got.push("new"))`],
    ["the page no longer listens", `socket.removeEventListener("close", () => {})`],
    ["the page sets another handler", "socket.onmessage = ({ data }) => got.push('other ' + data)"],
  ])("is asked for again where %s while its listeners are listed", (_, between) => {
    const page = rulesPage([rule({ filter: "drop", action: { type: "drop" } })], LISTENING, { hasRun: true });
    const native = page.run("globalThis.natives = [EventTarget.prototype.addEventListener, EventTarget.prototype.removeEventListener]");
    const before = page.run("socket.listing().length") as number;
    adopt(page, between);
    expect(page.notes.at(-1)).toMatchObject({ kind: "again", n: "7" });
    adopt(page);
    expect(page.notes.at(-1)).toMatchObject({ kind: "met", n: "7" });
    expect(native).toHaveLength(2);
    expect(page.run("[EventTarget.prototype.addEventListener === natives[0], EventTarget.prototype.removeEventListener === natives[1]]")).toEqual([true, true]);
    // Our two, and at most one more of the page's.
    expect((page.run("socket.listing().length") as number) - before).toBeLessThanOrEqual(3);
    expect(page.run("new Set(socket.listing().map(({ listener }) => listener)).size === socket.listing().length")).toBe(true);
  });

  it("leaves the page's functions as they were, also where two are taken in at once", () => {
    const { run, control } = rulesPage([rule({ filter: "drop", action: { type: "drop" } })], `${LISTENING} globalThis.other = new WebSocket("wss://page.test/other");`, { hasRun: true });
    run("globalThis.natives = [EventTarget.prototype.addEventListener, EventTarget.prototype.removeEventListener]");
    const areNative = (): unknown => run("natives[0] === EventTarget.prototype.addEventListener && natives[1] === EventTarget.prototype.removeEventListener");
    control("watch", "", run("socket"));
    control("watch", "", run("other"));
    expect(areNative()).toBe(false);
    control("adopt", "7", run("socket"), run("socket.listing()"));
    run(`other.addEventListener("message", () => {})`);
    control("adopt", "8", run("other"), run("other.listing()"));
    expect(areNative()).toBe(true);
  });

  it.each([true, false])("has nothing of theirs once the last rule is off (one is just being taken in: %s)", (isTakenIn) => {
    const page = rulesPage([rule({ filter: "drop", action: { type: "drop" } })], `${LISTENING} globalThis.natives = [EventTarget.prototype.addEventListener, WebSocket];`, { hasRun: true });
    const { run, control, notes } = page;
    const listing = "(socket) => socket.listing().map(({ type, listener, once }) => [type, String(listener), once].join())";
    const before = run(`(${listing})(socket)`);
    if (!isTakenIn) adopt(page);
    run(`globalThis.made = new WebSocket("wss://page.test/made")`);
    expect(run(`(${listing})(made).length`)).toBe(2);
    control("watch", "", run("socket"));
    control("off", "");
    const told = notes.length;
    // What was asked for meanwhile comes too late.
    control("adopt", "7", run("socket"), run("socket.listing()"));
    control("watch", "", run("socket"));
    expect(run(`[(${listing})(socket), (${listing})(made), EventTarget.prototype.addEventListener === natives[0], WebSocket === natives[1]]`)).toEqual([before, [], true, true]);
    expect(notes).toHaveLength(told);
  });

  it("is not kept where it has closed, or where nothing could tell that it does", () => {
    const before = `${LISTENING} globalThis.reached = new Set(); globalThis.refuses = false;
      const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
      EventTarget.prototype.addEventListener = function (...values) { if (refuses && values[0] === "close") throw new Error("refused"); return add.apply(this, values); };
      EventTarget.prototype.removeEventListener = function (...values) { reached.add(this); return remove.apply(this, values); };`;
    const page = rulesPage([rule({ filter: "drop", action: { type: "drop" } })], before, { hasRun: true });
    const { run, control, notes } = page;
    run("socket.close()");
    adopt(page);
    expect(notes.at(-1)).toMatchObject({ kind: "met" });
    run(`refuses = true; globalThis.refused = new WebSocket("wss://page.test/refused"); refuses = false; globalThis.kept = new WebSocket("wss://page.test/kept"); reached.clear();`);
    control("off", "");
    // Each that it still holds has its listeners taken away.
    expect(run("[socket, refused, kept].map((one) => reached.has(one))")).toEqual([false, false, true]);
  });

  it("of a worker has what it sends under the rules, and gets what comes as it is", () => {
    const page = rulesPage([rule({ filter: "drop", action: { type: "drop" } }), rule({ id: "2", direction: "sent", filter: "drop", action: { type: "drop" } })], LISTENING, { hasRun: true });
    page.control("adopt", "7", page.run("socket"));
    page.run(`serverSays(socket, "drop"); socket.send("drop"); socket.send("plain");`);
    expect(page.run("[got.length, socket.wire]")).toEqual([4, ["plain"]]);
  });

  it("is no other thing that the page could have put there", () => {
    const { run, control, notes } = rulesPage([rule({ action: { type: "drop" } })], "", { hasRun: true });
    expect(() => control("adopt", "1", run("({ url: 'wss://page.test/feed' })"), [])).toThrow();
    expect(notes.map(({ kind }) => kind)).toEqual(["hello"]);
  });
});

describe("a fault of ours", () => {
  /** The agent's own calls fail from a certain one on, or at it alone. */
  const failing = (at: number, isLasting: boolean): string => `
    globalThis.calls = 0; globalThis.armed = false;
    const { apply } = Reflect;
    Reflect.apply = (target, self, values) => {
      // What the page or the browser does is not ours to fail.
      const name = target.name ?? "";
      if (globalThis.armed && name !== "send" && name !== "close" && (${isLasting ? `++calls >= ${at}` : `++calls === ${at}`})) throw new Error("planted");
      return apply(target, self, values);
    };`;

  it.each([false, true])("never costs the page a message: each call failing in turn (and all behind it: %s)", (isLasting) => {
    let steps = 1;
    // One more than there are.
    for (let at = 1; at <= steps + 1; at++) {
      const { run } = rulesPage(
        [
          rule({ id: "1", filter: ".px > 1 size:>1", action: { type: "edit", edits: ".px = .px + 1" } }),
          rule({ id: "2", direction: "sent", filter: ".px > 1", action: { type: "edit", edits: ".px = .px + 1" } }),
        ],
        failing(at, isLasting),
      );
      run(`${OPEN} armed = true; serverSays(socket, '{"px":2}'); socket.send('{"px":2}'); serverSays(socket, "plain"); socket.send("plain");`);
      const [got, wire, calls] = run("[got, socket.wire, calls]") as [string[], string[], number];
      expect([got.length, got[1], wire.length, wire[1]], `${at}`).toEqual([2, "plain", 2, "plain"]);
      for (const text of [got[0], wire[0]]) expect(['{"px":2}', '{"px":3}']).toContain(text);
      steps = Math.max(steps, calls);
    }
    expect(steps).toBeGreaterThan(10);
  });

  it.each([
    ["drop", { type: "drop" }],
    ["delay", { type: "delay", milliseconds: 5 }],
    ["hold", { type: "hold" }],
    ["answer", { type: "answer", text: "made", instead: false }],
  ] as const)("never costs the page a message that a rule has it %s or that passes: each call failing in turn", (_, action) => {
    let steps = 1;
    for (const isLasting of [false, true]) {
      // Where all behind it fails as well, each fourth is enough.
      for (let at = 1; at <= steps + 1; at += isLasting ? 4 : 1) {
        const { run, control, notes } = rulesPage(
          [
            ...(action.type === "answer" ? [] : [rule({ id: "1", filter: "/ma.k/ type:mark", action })]),
            rule({ id: "2", direction: "sent", filter: "/ma.k/ type:mark", action }),
          ],
          `globalThis.setTimeout = (run) => queue.push(run); globalThis.queue = []; ${failing(at, isLasting)}`,
        );
        const mark = '{"type":"mark"}';
        run(`${OPEN} armed = true; serverSays(socket, '${mark}'); socket.send('${mark}'); serverSays(socket, "plain"); socket.send("plain");`);
        run("while (queue.length > 0 && queue.length < 50) queue.shift()()");
        steps = Math.max(steps, run("calls") as number);
        try {
          // Those that wait for the user go at the end.
          control("off", "");
        } catch {
          // It stays as it is.
        }
        run("armed = false");
        if (notes.some(({ kind }) => kind === "held")) control("off", "");
        const [got, wire] = run("[got, socket.wire]") as [string[], string[]];
        for (const [which, all] of [["got", got], ["wire", wire]] as const) {
          expect(all.filter((text) => text === "plain"), `${which} ${at} ${isLasting}`).toEqual(["plain"]);
          const marks = all.filter((text) => text === mark).length;
          if (action.type !== "drop") expect(marks, `${which} ${at} ${isLasting}`).toBe(1);
          else expect(marks, `${which} ${at} ${isLasting}`).toBeLessThanOrEqual(1);
        }
      }
    }
    expect(steps).toBeGreaterThan(10);
  });

  it.each(["JSON.stringify", "JSON.parse", "Reflect.defineProperty", "globalThis.MessageEvent", "globalThis.Uint8Array", "globalThis.setTimeout", "globalThis.binding"])("never costs the page a message where %s fails, once or from a certain call on", (native) => {
    const planted = (at: number, isLasting: boolean): string => `
      globalThis.calls = 0; globalThis.armed = false;
      const { apply, construct } = Reflect;
      const Made = MessageEvent;
      globalThis.serverSays = (socket, data) => { const event = new Made("message", { data }); trusted.add(event); arriving.add(event); socket.dispatchEvent(event); };
      const count = () => { if (globalThis.armed && (${isLasting ? `++calls >= ${at}` : `++calls === ${at}`})) throw new Error("planted"); };
      ${native} = new Proxy(${native}, {
        apply(target, self, values) { count(); return apply(target, self, values); },
        construct(target, values, newTarget) { count(); return construct(target, values, newTarget); },
      });`;
    for (const action of [{ type: "edit", edits: ".n = 2" }, { type: "delay", milliseconds: 5 }, { type: "hold" }] as const) {
      for (const isLasting of [false, true]) {
        for (let at = 1; at <= 8; at++) {
          const { run, control } = rulesPage(
            [rule({ id: "1", filter: ".n", action }), rule({ id: "2", direction: "sent", filter: ".n", action })],
            `const queue = []; globalThis.setTimeout = (run) => queue.push(run); globalThis.pass = () => { while (queue.length > 0 && queue.length < 50) queue.shift()(); }; ${planted(at, isLasting)}`,
          );
          run(`${OPEN} armed = true; for (const text of ['{"n":1}', "plain"]) { serverSays(socket, text); socket.send(text); } pass();`);
          control("off", "");
          const [got, wire] = run("[got, socket.wire]") as [string[], string[]];
          for (const all of [got, wire]) {
            expect(all.filter((text) => text === "plain"), `${action.type} ${at} ${isLasting}`).toEqual(["plain"]);
            expect(all.filter((text) => /^\{"n":[12]\}$/.test(text)), `${action.type} ${at} ${isLasting}`).toHaveLength(1);
          }
        }
      }
    }
  });

  it.each([false, true])("never costs the page a listener of a socket that was open: each call failing in turn (and all behind it: %s)", (isLasting) => {
    let steps = 1;
    for (let at = 1; at <= steps + 1; at++) {
      const open = `${failing(at, isLasting)} ${OPEN} socket.onmessage = ({ data }) => got.push("on " + data); socket.addEventListener("message", ({ data }) => got.push("last " + data)); socket.onclose = () => got.push("closed");`;
      const { run, control } = rulesPage([rule({ filter: "drop", action: { type: "drop" } })], open, { hasRun: true });
      const theirs = run("socket.listing()");
      run("armed = true");
      try {
        control("watch", "", run("socket"));
      } catch {
        // It is taken in without.
      }
      try {
        control("adopt", "1", run("socket"), theirs);
      } catch {
        // It goes without rules.
      }
      const calls = run("armed = false; calls") as number;
      run(`serverSays(socket, "plain"); socket.close();`);
      // Each hears it once; in their order where nothing fails.
      expect((run("got") as string[]).toSorted(), `${at}`).toEqual(["closed", "last plain", "on plain", "plain"]);
      steps = Math.max(steps, calls);
    }
    expect(steps).toBeGreaterThan(8);
  });
});
