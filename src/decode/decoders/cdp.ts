import { NO_NODE } from "../../model/value-document.ts";
import { headPattern } from "../json-protocol/head-pattern.ts";
import { jsonProtocol } from "../json-protocol/json-protocol.ts";
import { Recent } from "../json-protocol/recent.ts";

/**
 * The Chrome DevTools Protocol (chromedevtools.github.io/devtools-protocol), as browsers and Node's inspector speak it.
 *
 * Versions: any: nothing here depends on which methods there are.
 *
 * Sure from the path `/devtools/…`; else from a call of one of its domains. A command is a request, its result the answer,
 * with the command as its topic; ids count within a session.
 */
export const cdp = jsonProtocol({
  id: "cdp",
  name: "Chrome DevTools Protocol",
  suits: ({ url }) => /\/devtools\/(?:page|browser|worker|frame)\//.test(url),
  sure: headPattern(String.raw`\{"id":\d+,"method":"(?:Runtime|Debugger|Page|Target|Network|DOM|Profiler|Log|Browser|Emulation)\.[a-z]\w+"`, String.raw`\{"method":"(?:Runtime|Debugger|Page|Target|Network|DOM|Log)\.[a-z]\w+","params":\{`),
  reader: () => {
    const asked = new Recent<string>();
    return (message) => {
      const id = message.id("id");
      const method = message.text("method");
      const namespace = message.text("sessionId");
      const key = `${namespace ?? ""} ${id ?? ""}`;
      if (method !== undefined) {
        if (id !== undefined) asked.set(key, method);
        return { label: method, kind: id === undefined ? "event" : "request", id, answers: undefined, topic: undefined, namespace, what: id === undefined ? "event" : `command #${id}`, body: message.at("params") };
      }
      const error = message.at("error");
      const result = message.at("result");
      if (id === undefined || (error === NO_NODE && result === NO_NODE)) return undefined;
      const hasFailed = error !== NO_NODE;
      return { label: hasFailed ? "error" : "result", kind: hasFailed ? "error" : "answer", id: undefined, answers: id, topic: asked.get(key), namespace, what: `result #${id}`, body: hasFailed ? error : result };
    };
  },
});
