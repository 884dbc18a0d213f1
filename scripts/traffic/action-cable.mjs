import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
// @ts-expect-error it has no types
import { adapters, createConsumer } from "@rails/actioncable";
import { versions } from "./recorder.mjs";
import { running } from "./running.mjs";

/** A cable without the rest of Rails: a channel that repeats what it is told. */
const CABLE = `
require "logger"
require "action_cable"
module ApplicationCable
  class Connection < ActionCable::Connection::Base; end
end
class ChatChannel < ActionCable::Channel::Base
  def subscribed
    params[:room] == "closed" ? reject : stream_from("chat")
  end
  def speak(data)
    ActionCable.server.broadcast("chat", { type: "said", text: data["text"] })
  end
end
config = ActionCable.server.config
config.logger = Logger.new(nil)
config.cable = { "adapter" => "async" }
config.connection_class = -> { ApplicationCable::Connection }
config.disable_request_forgery_protection = true
run ActionCable.server
`;
/** As often as it says that it is there. */
const BEAT_MS = 3000;

/** Action Cable: Rails' own client and server. @param {import("./recorder.mjs").Recorder} recorder */
export async function recordActionCable({ WebSocket }) {
  const version = await running("ruby-actioncable", (port, folder) => ({
    program: "puma",
    file: join(folder, "cable.ru"),
    text: CABLE,
    args: ["--bind", `tcp://127.0.0.1:${port}`, "--threads", "2", join(folder, "cable.ru")],
  }), async (port) => {
    Object.assign(globalThis, { addEventListener: () => {}, removeEventListener: () => {}, document: { visibilityState: "visible" } });
    adapters.WebSocket = /** @type {any} */ (WebSocket);
    const consumer = createConsumer(`ws://127.0.0.1:${port}/cable`);
    await new Promise((resolve) => consumer.subscriptions.create({ channel: "ChatChannel", room: "closed" }, { rejected: () => resolve(undefined) }));
    await new Promise((resolve) => {
      const subscription = consumer.subscriptions.create({ channel: "ChatChannel", room: "desk" }, {
        connected: () => subscription.perform("speak", { text: "東京" }),
        received: (/** @type {object} */ message) => resolve(message),
      });
    });
    await setTimeout(BEAT_MS);
    consumer.disconnect();
  }, ["ruby-actioncable", "puma"]);
  return `${version}, ${versions("@rails/actioncable")}`;
}
