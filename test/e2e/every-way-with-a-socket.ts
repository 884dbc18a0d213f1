/**
 * A script that makes, listens to, sends on and closes sockets in every way there is, and answers what it saw, a line each.
 * Two runs of it see the same.
 */
export const EVERY_WAY = `(async () => {
  const lines = [];
  const say = (...values) => lines.push(values.map((value) => (typeof value === "string" ? value : JSON.stringify(value) ?? String(value))).join(" "));
  const thrown = (name, act) => { try { say(name, "gave", String(act())); } catch (error) { say(name, "threw", error.constructor.name, error.name, error.message); } };
  const url = location.origin.replace("http", "ws") + "/echo?name=parity";
  const when = (socket, type) => new Promise((resolve, reject) => { socket.addEventListener(type, resolve, { once: true }); setTimeout(() => reject(new Error(type + " never came, after " + lines.at(-1))), 60000); });
  const opened = async (...values) => { const socket = new WebSocket(...values); await when(socket, "open"); return socket; };

  // What it is.
  const flags = (holder) => Object.entries(Object.getOwnPropertyDescriptors(holder)).map(([name, one]) => [name, typeof one.value, typeof one.get, typeof one.set, one.writable, one.enumerable, one.configurable].join());
  say("constructor", flags(WebSocket));
  say("prototype", flags(WebSocket.prototype));
  say("global", (({ writable, enumerable, configurable }) => [writable, enumerable, configurable])(Object.getOwnPropertyDescriptor(globalThis, "WebSocket")));
  for (const one of [WebSocket, WebSocket.prototype.send, WebSocket.prototype.close, Function.prototype.toString]) say("function", one.name, one.length, String(one), Function.prototype.toString.call(one), Object.getPrototypeOf(one) === Function.prototype, Object.getOwnPropertyNames(one).sort());
  say("same", WebSocket.prototype.constructor === WebSocket, Object.getPrototypeOf(WebSocket) === EventTarget, Object.prototype.toString.call(WebSocket.prototype), globalThis.WebSocket === WebSocket);
  say("names", Object.getOwnPropertyNames(globalThis).filter((name) => !/^\\d+$/.test(name) && name.startsWith("_")), Object.getOwnPropertySymbols(globalThis).length);

  // Making.
  for (const [name, values] of Object.entries({ none: [], bad: ["http://["], fragment: [url + "#a"], twice: [url, ["a", "a"]], token: [url, "a b"], scheme: ["ftp://x"] })) thrown("make " + name, () => new WebSocket(...values).readyState);
  thrown("call", () => WebSocket(url));
  thrown("no new", () => WebSocket.call({}, url));
  class Sub extends WebSocket { constructor(...values) { super(...values); this.mine = 1; } send(data) { say("sub sends", data); return super.send(data); } get twice() { return 2; } }
  function Old() {}
  Old.prototype = Object.create(WebSocket.prototype);
  for (const [name, make] of Object.entries({ plain: () => new WebSocket(url), URL: () => new WebSocket(new URL(url)), sub: () => new Sub(url), reflect: () => Reflect.construct(WebSocket, [url]), other: () => Reflect.construct(WebSocket, [url], Old), protocol: () => new WebSocket(url, "chat.v2") })) {
    const socket = make();
    say("made", name, socket.readyState, socket.url === url, socket.bufferedAmount, socket.binaryType, socket.protocol, socket.extensions, Object.getOwnPropertyNames(socket), socket instanceof WebSocket, socket instanceof Sub, socket instanceof Old, socket instanceof EventTarget, socket.constructor === WebSocket, socket.mine, socket.twice, String(socket));
    thrown("send while connecting", () => socket.send("early"));
    const open = await when(socket, "open");
    say("open", name, open.type, open.isTrusted, open.target === socket, socket.readyState, socket.protocol);
    const echo = when(socket, "message");
    say("returns", socket.send("hello " + name));
    const { data, origin, isTrusted, lastEventId, source, ports, type } = await echo;
    say("echo", data, origin === location.origin.replace("http", "ws"), isTrusted, lastEventId, source, ports.length, type);
    const closed = when(socket, "close");
    say("closes", socket.close(3000, "bye"), socket.readyState);
    const { code, reason, wasClean } = await closed;
    say("closed", code, reason, wasClean, socket.readyState);
    say("late", socket.send("late"), socket.bufferedAmount, socket.close());
  }

  // Listening: in which order, how often, with what.
  {
    const socket = await opened(url);
    const seen = [];
    const note = (name) => (event) => seen.push([name, event.data, event.eventPhase, event.currentTarget === socket, event.composedPath().length, event.cancelable, event.bubbles, Object.getOwnPropertyNames(event).join()].join());
    const controller = new AbortController();
    const twice = note("twice");
    socket.addEventListener("message", note("first"));
    socket.onmessage = note("attribute");
    socket.addEventListener("message", note("capture"), true);
    socket.addEventListener("message", note("once"), { once: true });
    socket.addEventListener("message", { handleEvent(event) { note("object " + (this.handleEvent !== undefined))(event); } });
    socket.addEventListener("message", note("signal"), { signal: controller.signal });
    socket.addEventListener("message", note("passive"), { passive: true });
    socket.addEventListener("message", twice);
    socket.addEventListener("message", twice);
    socket.addEventListener("message", function () { seen.push("this " + (this === socket)); });
    const removed = note("removed");
    socket.addEventListener("message", () => socket.removeEventListener("message", removed));
    socket.addEventListener("message", removed);
    socket.addEventListener("message", () => { throw new Error("of the page"); });
    globalThis.onerror = (text) => { seen.push("error " + text); return true; };
    socket.addEventListener("message", (event) => event.data === "stop" && event.stopImmediatePropagation());
    socket.addEventListener("message", note("last"));
    const next = () => new Promise((resolve) => { const before = seen.length; const wait = () => (seen.length > before ? setTimeout(resolve, 20) : setTimeout(wait, 1)); wait(); });
    for (const text of ["one", "two", "stop"]) { const all = next(); socket.send(text); await all; if (text === "one") controller.abort(); if (text === "two") socket.onmessage = null; }
    say("made by the page", socket.dispatchEvent(new MessageEvent("message", { data: "mine", cancelable: true })), typeof socket.onmessage);
    say("seen", seen);
    globalThis.onerror = null;
    socket.close();
  }

  // Sending: every kind of data, and what comes back.
  {
    const socket = await opened(url);
    const told = async (event) => (typeof event.data === "string" ? "text " + event.data : event.data instanceof Blob ? "blob " + event.data.type + [...new Uint8Array(await event.data.arrayBuffer())] : "buffer " + Object.prototype.toString.call(event.data) + [...new Uint8Array(event.data)]);
    let asked = 0;
    const bytes = new Uint8Array([1, 2, 3, 255]);
    const kinds = { text: "text", empty: "", number: 12.5, null: null, undefined: undefined, boolean: true, object: { toString: () => "asked " + ++asked }, array: [1, [2]], function: Old, surrogate: "a\\ud800b", buffer: bytes.buffer, view: bytes.subarray(1, 3), words: new Uint16Array([258]), data: new DataView(bytes.buffer, 1, 2), none: new Uint8Array(0), string: new String("boxed") };
    for (const binaryType of ["arraybuffer", "blob"]) {
      socket.binaryType = binaryType;
      for (const [name, data] of Object.entries(kinds)) {
        const echo = when(socket, "message");
        say("sent", name, socket.send(data), typeof socket.bufferedAmount);
        bytes[1] = 2;
        say("got", binaryType, await told(await echo));
      }
    }
    const echo = when(socket, "message");
    socket.send(new Blob(["in a blob"]));
    say("got", await told(await echo), "asked", asked);
    thrown("send nothing", () => socket.send());
    thrown("send a symbol", () => socket.send(Symbol("s")));
    thrown("send what throws", () => socket.send({ toString() { throw new RangeError("own"); } }));
    thrown("send elsewhere", () => WebSocket.prototype.send.call({}, "x"));
    thrown("close elsewhere", () => WebSocket.prototype.close.call(null));
    thrown("close with a wrong code", () => socket.close(1001));
    thrown("close with a long reason", () => socket.close(3000, "x".repeat(124)));
    const order = [];
    for (let i = 0; i < 50; i++) socket.send(i % 2 ? "n" + i : new Uint8Array([i]));
    await new Promise((resolve) => socket.addEventListener("message", ({ data }) => { order.push(typeof data === "string" ? data : data.size); if (order.length === 50) resolve(); }));
    say("in order", order);
    const native = WebSocket.prototype.send;
    WebSocket.prototype.send = function (data) { say("the page's send", data); return native.call(this, data); };
    const last = when(socket, "message");
    socket.send("patched");
    say("got", (await last).data);
    WebSocket.prototype.send = native;
    const events = [];
    socket.onclose = ({ code, wasClean }) => events.push("attribute", code, wasClean);
    socket.addEventListener("close", () => events.push("listener"));
    const end = when(socket, "close");
    socket.close();
    await end;
    say("ends", events);
  }

  // What fails.
  {
    const socket = new WebSocket("ws://127.0.0.1:1/");
    const events = [];
    for (const type of ["open", "error", "close"]) socket.addEventListener(type, (event) => events.push(type, event.code, event.isTrusted, event.constructor.name));
    await when(socket, "close");
    say("failed", events, socket.readyState);
  }
  return lines;
})()`;
