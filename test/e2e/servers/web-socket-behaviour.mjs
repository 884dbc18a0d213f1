/* oxlint-disable typescript/unbound-method -- what is looked at is not called */
/**
 * What a script can see of WebSocket: an expression for a page or a worker that gives a promise of plain data, and
 * must give the same whoever watches. `serverUrl` is a load server's.
 * @param {string} serverUrl
 */
export const webSocketBehaviour = (serverUrl) => `(${observeBehaviour.toString()})(${JSON.stringify(serverUrl)})`;

/** @param {string} server */
async function observeBehaviour(server) {
  /** @type {Record<string, unknown>} */
  const seen = {};
  const attempt = (/** @type {() => unknown} */ action) => {
    try {
      const result = action();
      // Relative URLs are allowed by now: what is no error is a socket.
      if (result instanceof WebSocket) result.close();
      return typeof result === "object" && result !== null ? Object.prototype.toString.call(result) : result;
    } catch (error) {
      return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    }
  };
  const describe = (/** @type {object} */ object, /** @type {PropertyKey} */ key) => {
    const found = Object.getOwnPropertyDescriptor(object, key);
    return found && { ...found, value: typeof found.value, get: String(found.get), set: String(found.set) };
  };
  /** @type {any} */
  const Socket = WebSocket;
  seen["identity"] = [Socket.name, Socket.length, String(Socket), Function.prototype.toString.call(Socket), typeof Socket, Socket.prototype.constructor === Socket, Object.prototype.toString.call(Socket), Object.getPrototypeOf(Socket) === EventTarget];
  seen["toString"] = [String(Function.prototype.toString), Function.prototype.toString.name, Function.prototype.toString.length, attempt(() => Function.prototype.toString.call({})), attempt(() => Function.prototype.toString.call("")), String(class A { one = 1; }), String(Math.max), String((/** @type {number} */ a) => a + 1)];
  seen["names"] = [Reflect.ownKeys(Socket).map(String), Reflect.ownKeys(Socket.prototype).map(String), Object.keys(globalThis).filter((name) => /framescope|WebSocket/i.test(name)), Reflect.ownKeys(globalThis).map(String).filter((name) => /framescope/i.test(name))];
  seen["descriptors"] = [describe(globalThis, "WebSocket"), describe(Socket, "prototype"), describe(Socket, "OPEN"), describe(Socket.prototype, "constructor"), describe(Socket.prototype, "send"), describe(Socket.prototype, "onclose"), describe(Function.prototype, "toString")];
  seen["constructor errors"] = [
    attempt(() => Socket("ws://x")),
    attempt(() => new Socket()),
    attempt(() => new Socket("not a url:")),
    attempt(() => new Socket("ftp://x/")),
    attempt(() => new Socket(server, "a b")),
    attempt(() => new Socket(server, ["a", "a"])),
    attempt(() => new Socket({ toString: () => { throw new TypeError("mine"); } })),
    attempt(() => Reflect.construct(Socket, [])),
    attempt(() => Socket.call({}, server)),
  ];
  // Where a page's script stands is another place each time that it is given.
  const stack = (/** @type {() => unknown} */ action) => {
    try {
      action();
      return "nothing thrown";
    } catch (error) {
      const { stack: text } = /** @type {Error} */ (error);
      const found = Object.getOwnPropertyDescriptor(error, "stack");
      return [text?.replace(/pptr:evaluate;[^:)]*/g, "page"), Reflect.ownKeys(/** @type {object} */ (error)), found && [String(found.get), String(found.set), found.enumerable, found.configurable]];
    }
  };
  // Of a stack that is cut, the end differs.
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 100;
  seen["stacks"] = [
    stack(() => new Socket("http://[")),
    stack(() => Reflect.construct(Socket, ["http://["], Date)),
    stack(() => Socket.prototype.send.call({}, "x")),
    stack(() => Socket.prototype.send.arguments),
    stack(() => Function.prototype.toString.call({})),
    stack(() => new Socket({ toString: () => { throw new RangeError("mine"); } })),
    stack(() => new Socket({ toString: () => { throw { mine: true }; } })),
  ];
  Error.stackTraceLimit = limit;
  seen["callers"] = [attempt(() => String(Socket.caller)), attempt(() => String(Socket.arguments)), attempt(() => String(Socket.prototype.send.caller))];
  seen["prototypes"] = [Socket, Socket.prototype.send, Function.prototype.toString].map((one) => {
    const above = Object.getPrototypeOf(one);
    const refused = [one, Object.create(one)].map((prototype) => [Reflect.setPrototypeOf(one, prototype), String(attempt(() => Object.setPrototypeOf(one, prototype))).slice(0, 9)]);
    const other = Object.create(above);
    const taken = [Reflect.setPrototypeOf(one, other), Object.getPrototypeOf(one) === other, Reflect.setPrototypeOf(one, above), Object.getPrototypeOf(one) === above];
    return [refused, taken];
  });
  const closed = (/** @type {WebSocket} */ socket) => new Promise((resolve) => {
    socket.addEventListener("close", ({ code, reason, wasClean, isTrusted, target }) => resolve([code, reason, wasClean, isTrusted, target === socket]));
  });
  const ends = [];
  for (const path of ["/close?code=4001&reason=later", "/close?code=1000", "/close", "/drop", "/refuse"]) ends.push([path, await closed(new WebSocket(server + path))]);
  seen["closings"] = ends;

  /** @type {string[]} */
  const events = [];
  class Chat extends WebSocket {
    extra = 1;
    /** @override */
    send(/** @type {string} */ text) {
      super.send(`chat:${text}`);
    }
  }
  const chat = new Chat(`${server}/echo`, ["one", "two"]);
  const handler = { count: 0, handleEvent(/** @type {Event} */ event) { this.count++; events.push(`object ${event.type} ${this === handler}`); } };
  chat.addEventListener("message", handler);
  chat.addEventListener("message", () => events.push("once"), { once: true });
  const removed = () => events.push("never");
  chat.addEventListener("message", removed);
  chat.removeEventListener("message", removed);
  chat.onmessage = (event) => events.push(`on ${event.data} ${event.origin.startsWith("ws:")}`);
  chat.addEventListener("open", () => events.push(`open ${chat.readyState} ${chat.protocol} ${chat.extensions}`));
  chat.onopen = () => events.push("onopen");
  chat.addEventListener("close", (event) => { events.push("stopped"); event.stopImmediatePropagation(); });
  chat.addEventListener("close", () => events.push("never"));
  const states = [chat.readyState, attempt(() => chat.send("early"))];
  await new Promise((resolve) => chat.addEventListener("open", resolve));
  chat.send("a");
  WebSocket.prototype.send.call(chat, "b");
  await new Promise((resolve) => { const look = () => (handler.count >= 2 ? resolve(null) : setTimeout(look, 5)); look(); });
  states.push(chat.readyState, attempt(() => chat.close(5)), attempt(() => chat.close(3000, "x".repeat(124))));
  const over = new Promise((resolve) => { const look = () => (chat.readyState === 3 ? resolve(null) : setTimeout(look, 5)); look(); });
  chat.close(3000, "done");
  states.push(chat.readyState);
  await over;
  await new Promise((resolve) => setTimeout(resolve, 0));
  seen["events"] = events;
  seen["subclass"] = [states, chat instanceof Chat, chat instanceof WebSocket, chat instanceof EventTarget, Object.getPrototypeOf(chat) === Chat.prototype, chat.constructor === Chat, chat.extra, Object.keys(chat), Object.prototype.toString.call(chat), chat.binaryType, chat.bufferedAmount];
  const sender = new WebSocket(`${server}/echo`);
  sender.binaryType = "arraybuffer";
  /** @type {string[]} */
  const echoed = [];
  sender.onmessage = ({ data }) => echoed.push(typeof data === "string" ? data : String(new Uint8Array(data)));
  const attempts = [attempt(() => sender.send(new Blob(["early"])))];
  await new Promise((resolve) => (sender.onopen = resolve));
  const send = Socket.prototype.send;
  const false_ = Object.create(Blob.prototype);
  attempts.push(
    attempt(() => sender.send(new Blob([Uint8Array.of(1, 2, 3)]))),
    sender.bufferedAmount,
    attempt(() => sender.send(new Blob([]))),
    attempt(() => send.call(sender, new Uint8Array(0))),
    attempt(() => send.call(sender, new File(["4"], "name"))),
    attempt(() => send.call({}, "x")),
    attempt(() => send.call(sender)),
    attempt(() => new send("x")),
    attempt(() => sender.send(false_)),
    attempt(() => send.call(sender, /** @type {any} */ ({ toString: () => "text" }))),
    attempt(() => send.call(sender, /** @type {any} */ ({ toString: () => { throw new TypeError("mine"); } }))),
  );
  await new Promise((resolve) => { const look = () => (echoed.length >= 6 ? resolve(null) : setTimeout(look, 5)); look(); });
  sender.close();
  attempts.push(attempt(() => sender.send(new Blob(["late"]))), sender.bufferedAmount);
  seen["sending"] = [attempts, echoed, send.name, send.length, String(send), Reflect.ownKeys(send).map(String), "prototype" in send];
  const plain = new WebSocket(`${server}/echo`);
  seen["instance"] = [plain.constructor === WebSocket, Object.getPrototypeOf(plain) === WebSocket.prototype, plain instanceof WebSocket, Object.getOwnPropertyNames(plain), plain.onclose, plain.url.startsWith("ws://"), attempt(() => structuredClone(plain))];
  plain.close();
  /** @type {string[]} */
  const errors = [];
  const listen = (/** @type {ErrorEvent} */ event) => { errors.push(event.message); event.preventDefault(); };
  globalThis.addEventListener("error", /** @type {EventListener} */ (listen));
  const throwing = new WebSocket(`${server}/close?code=1000`);
  throwing.onclose = () => { throw new RangeError("from the page"); };
  await closed(throwing);
  await new Promise((resolve) => setTimeout(resolve, 10));
  globalThis.removeEventListener("error", /** @type {EventListener} */ (listen));
  seen["exceptions"] = errors;
  return seen;
}
