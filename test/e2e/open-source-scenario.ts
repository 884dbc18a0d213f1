import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { importModule } from "../../scripts/devtools-session.mjs";
import { click, find, openLastFrame } from "../../scripts/panel-actions.mjs";
import { until, type Begin, type Stage } from "./stage.ts";

let server: LoadServer;
let stage: Stage;

const SCRIPT = `// One line before it.
function connect() {
  return new WebSocket(location.origin.replace("http", "ws") + "/burst?count=3");
}
connect();
`;

/** A part of DevTools' own `panels/sources/sources.js`; it is no public interface. */
interface SourcesModule {
  readonly SourcesPanel: {
    readonly SourcesPanel: {
      instance(): {
        readonly visibleView: {
          readonly uiSourceCode?: () => { url(): string };
          readonly textEditor?: { readonly state: { readonly selection: { readonly main: { readonly head: number } }; readonly doc: { lineAt(place: number): { readonly number: number } } } };
        } | null;
      };
    };
  };
}

/** The script that DevTools' Sources shows, and the line of its cursor, from 1. */
async function shownInSources(): Promise<{ readonly url: string; readonly line: number } | null> {
  const sources = await importModule(stage.devtools, "./panels/sources/sources.js");
  return await sources.evaluate((module: SourcesModule) => {
    const view = module.SourcesPanel.SourcesPanel.instance().visibleView;
    const { state } = view?.textEditor ?? {};
    const url = view?.uiSourceCode?.().url();
    return url === undefined || state === undefined ? null : { url, line: state.doc.lineAt(state.selection.main.head).number };
  });
}

export function describeOpenSource(begin: Begin): void {
  describe("what opened a connection", () => {
    beforeAll(async () => {
      server = await startLoadServer({ pages: { "/page": `<!doctype html><script src="/opener.js"></script>`, "/opener.js": SCRIPT } });
      stage = await begin(server.url);
    });
    afterAll(async () => {
      await server.close();
    });

    it("what opened a connection is shown in Sources by a click on it", async () => {
      await stage.page.goto(`${server.url}page`);
      await stage.waitForStatus("Matches", /^3 frames$/);
      await openLastFrame(stage.panel);
      await click(stage.panel, "tab", "Handshake");
      const place = `connect, ${server.url}opener.js:3:10`;
      const opener = await find(stage.panel, "button", `${place} (open in Sources)`);
      expect(await opener.evaluate((element) => element.textContent)).toBe(place);
      await click(stage.panel, "button", `${place} (open in Sources)`);
      expect(await until(shownInSources, (shown) => shown !== null && shown.line === 3)).toEqual({ url: `${server.url}opener.js`, line: 3 });
    });
  });
}
