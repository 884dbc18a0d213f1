/** Runs servers that are Debian's packages. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { canInstall, installPackages } from "../debian-packages.mjs";

/**
 * Runs a server while something talks to it, and answers its name and version.
 * @param {string} name Of the package and of its program.
 * @param {(port: number, folder: string) => { program?: string, file: string, text: string, args: readonly string[], env?: Readonly<Record<string, string>> }} configure `program`: left out where it is called as the package.
 * @param {(port: number) => Promise<void>} talk
 * @param {readonly string[]} packages All that it needs.
 */
export async function running(name, configure, talk, packages = [name]) {
  if (packages.some((one) => spawnSync("dpkg-query", ["-W", one]).status !== 0) && (await canInstall())) await installPackages(packages);
  const folder = await mkdtemp(join(tmpdir(), "framescope-fixtures-"));
  const port = await freePort();
  const { program = name, file, text, args, env } = configure(port, folder);
  await writeFile(file, text);
  // In a group of its own, which is ended as one: some are scripts that start the server.
  const server = spawn(program, args, { stdio: "ignore", env: { ...process.env, ...env }, detached: true });
  try {
    await untilListens(port);
    await talk(port);
  } finally {
    if (server.pid !== undefined) process.kill(-server.pid, "SIGKILL");
    await once(server, "exit");
    await rm(folder, { recursive: true, force: true });
  }
  const packaged = spawnSync("dpkg-query", ["-W", "-f", "${Version}", name], { encoding: "utf8" }).stdout;
  return `${name} ${packaged.replace(/^\d+:|[-+].*/g, "")}`;
}

export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  server.close();
  return port;
}

/** Waits for a server, for twenty seconds at most. @param {number} port */
export async function untilListens(port) {
  for (let tries = 0; tries < 200 && !(await listens(port)); tries++) await setTimeout(100);
}

/** @param {number} port @returns {Promise<boolean>} */
const listens = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => { socket.destroy(); resolve(true); });
    socket.on("error", () => resolve(false));
  });

/**
 * RabbitMQ with a plugin, which listens where its configuration says.
 * @param {string} plugin
 * @param {(port: number) => string} configure
 * @param {(port: number) => Promise<void>} talk
 */
export async function rabbit(plugin, configure, talk) {
  const [daemon, nodes] = [await freePort(), await freePort()];
  const version = await running("rabbitmq-server", (port, folder) => ({
    program: "/usr/lib/rabbitmq/bin/rabbitmq-server",
    file: join(folder, "rabbitmq.conf"),
    text: `log.file = false\n${configure(port)}`,
    args: [],
    env: {
      HOME: folder,
      ERL_EPMD_PORT: String(daemon),
      RABBITMQ_NODENAME: `framescope-${port}@localhost`,
      RABBITMQ_DIST_PORT: String(nodes),
      RABBITMQ_CONFIG_FILE: join(folder, "rabbitmq.conf"),
      RABBITMQ_MNESIA_BASE: join(folder, "mnesia"),
      RABBITMQ_LOG_BASE: join(folder, "log"),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, "enabled_plugins"),
      RABBITMQ_ENABLED_PLUGINS: plugin,
    },
  }), talk);
  // Erlang's own name server, which outlives what started it.
  spawnSync("/usr/bin/epmd", ["-kill"], { env: { ...process.env, ERL_EPMD_PORT: String(daemon) } });
  return version;
}
