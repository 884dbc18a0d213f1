import type { SnippetTarget } from "./snippet.ts";
import { curl } from "./targets/curl.ts";
import { go } from "./targets/go.ts";
import { javaScript } from "./targets/javascript.ts";
import { k6 } from "./targets/k6.ts";
import { msw } from "./targets/msw.ts";
import { nodeWs } from "./targets/node-ws.ts";
import { playwright } from "./targets/playwright.ts";
import { pythonWebsocketClient } from "./targets/python-websocket-client.ts";
import { pythonWebsockets } from "./targets/python-websockets.ts";
import { websocat } from "./targets/websocat.ts";
import { wscat } from "./targets/wscat.ts";

/** All that a connection can be copied as, in the order of the menu: one file in `targets/` and one line here. */
export const SNIPPET_TARGETS: readonly SnippetTarget[] = [pythonWebsocketClient, pythonWebsockets, nodeWs, javaScript, go, websocat, wscat, curl, k6, playwright, msw];

/** Undefined for an id of none. */
export const snippetTarget = (id: string): SnippetTarget | undefined => SNIPPET_TARGETS.find((target) => target.id === id);
