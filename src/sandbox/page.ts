/**
 * The sandboxed page of own decoders. It runs none of them itself: where they hang, a worker is all that hangs, and goes
 * with the page.
 */
addEventListener("message", ({ source, ports: [port] }) => {
  if (source !== parent || port === undefined) return;
  // Without an origin it can start no script of the extension's as a worker; but a worker of its own may load one.
  const script = `importScripts(${JSON.stringify(new URL("/sandbox-worker.js", location.href).href)})`;
  const worker = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  worker.postMessage(null, [port]);
}, { once: true });
