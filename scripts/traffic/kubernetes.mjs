/** Kubernetes' exec, as its own client asks for it; the API server is ours, since a cluster is no program of one's own. */
import { PassThrough } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { WebSocketServer } from "ws";
import { library } from "./libraries/library.mjs";
import { clientVersions, listen } from "./recorder.mjs";

/** @param {number} channel @param {string} text */
const onChannel = (channel, text) => Buffer.concat([Buffer.of(channel), Buffer.from(text)]);

/** @param {import("./recorder.mjs").Recorder} recorder */
export async function recordKubernetes(recorder) {
  const { Exec, KubeConfig } = await library("@kubernetes/client-node");
  const { server, url } = await listen();
  const sockets = new WebSocketServer({ server, handleProtocols: (offered) => ["v5.channel.k8s.io", "v4.channel.k8s.io"].find((name) => offered.has(name)) ?? false });
  sockets.on("connection", (socket, { url: asked }) => {
    const hasFailed = asked?.includes("command=false") === true;
    if (hasFailed) {
      socket.send(onChannel(2, "no such thing\n"));
      socket.send(onChannel(3, JSON.stringify({ metadata: {}, status: "Failure", message: "command terminated with non-zero exit code", reason: "NonZeroExitCode", details: { causes: [{ reason: "ExitCode", message: "1" }] } })));
      return;
    }
    socket.send(onChannel(1, ""));
    socket.on("message", (data) => {
      const [channel, ...bytes] = /** @type {Buffer} */ (data);
      if (channel !== 0) return;
      socket.send(onChannel(1, Buffer.from(bytes).toString()));
      socket.send(onChannel(3, JSON.stringify({ metadata: {}, status: "Success" })));
    });
  });
  const between = await recorder.between(url);
  const config = new KubeConfig();
  config.loadFromClusterAndUser({ name: "here", server: between.url.replace("ws:", "http:"), skipTLSVerify: true }, { name: "desk" });
  const exec = new Exec(config);
  for (const command of ["cat", "false"]) {
    const input = new PassThrough();
    const ended = new Promise((resolve) => {
      void exec.exec("default", "web-0", "web", [command], new PassThrough(), new PassThrough(), input, false, resolve);
    });
    await setTimeout(100);
    if (command === "cat") input.write("hello, 東京\n");
    await ended;
    await setTimeout(50);
  }
  await between.close();
  sockets.close();
  server.close();
  return clientVersions("@kubernetes/client-node");
}
