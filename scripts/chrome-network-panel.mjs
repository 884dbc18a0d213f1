/** Chrome's own Network panel as a reader of HAR files: imports one, and tells which WebSocket messages it then holds. */
import { importModule, showView } from "./devtools-session.mjs";

/** @typedef {import("puppeteer-core").Page} Page */
/** @template T @typedef {import("puppeteer-core").JSHandle<T>} JSHandle */

/**
 * A message as DevTools keeps it: `text` is base64 where `opCode` is 2, `time` is in seconds since 1970.
 * @typedef {{ type: "send" | "receive" | "error", time: number, opCode: number, text: string, mask: boolean }} ChromeMessage
 */
/** @typedef {{ url: string, status: number, resourceType: string, messages: number }} ImportedRequest `messages` is their count. */

/** @typedef {{ time: number, eventName: string, eventId: string, data: string }} ChromeStreamEvent `time` is in seconds since 1970. */
/** @typedef {{ url(): string, statusCode: number, resourceType(): { name(): string }, frames(): ChromeMessage[], eventSourceMessages(): ChromeStreamEvent[] }} NetworkRequest */
/** @typedef {{ NetworkPanel: { NetworkPanel: { instance(): { networkLogView: { onLoadFromFile(file: File): Promise<void> } } } } }} NetworkModule */
/** @typedef {{ NetworkLog: { NetworkLog: { instance(): { requests(): NetworkRequest[] } } } }} LogsModule */

/**
 * Imports a HAR file, as the panel's own button does.
 * @param {Page} devtools As `openDevTools` gives it.
 * @param {string} path Of the HAR file.
 * @returns {Promise<ImportedRequests>}
 */
export async function importHarInChrome(devtools, path) {
  await showView(devtools, "network");
  /** @type {JSHandle<NetworkModule>} */
  const network = await importModule(devtools, "./panels/network/network.js");
  /** @type {JSHandle<LogsModule>} */
  const logs = await importModule(devtools, "./models/logs/logs.js");
  const input = await devtools.evaluateHandle(() => Object.assign(document.createElement("input"), { type: "file" }));
  await input.uploadFile(path);
  // The panel goes on logging the inspected page: what it held before does not come from the file.
  const requests = await devtools.evaluateHandle(
    async ({ NetworkPanel }, { NetworkLog }, { files }) => {
      const log = NetworkLog.NetworkLog.instance();
      const before = new Set(log.requests());
      const file = files?.[0];
      if (file === undefined) throw new Error("DevTools did not take the file.");
      await NetworkPanel.NetworkPanel.instance().networkLogView.onLoadFromFile(file);
      return log.requests().filter((request) => !before.has(request));
    },
    network,
    logs,
    input,
  );
  return new ImportedRequests(requests);
}

/** What one import brought in. The messages stay in DevTools and are fetched in ranges, since a capture may be large. */
export class ImportedRequests {
  #requests;

  /** @param {JSHandle<NetworkRequest[]>} requests */
  constructor(requests) {
    this.#requests = requests;
  }

  /**
   * In the order of the file.
   * @returns {Promise<ImportedRequest[]>}
   */
  async list() {
    return await this.#requests.evaluate((requests) =>
      requests.map((request) => ({
        url: request.url(),
        status: request.statusCode,
        resourceType: request.resourceType().name(),
        messages: request.frames().length,
      })),
    );
  }

  /**
   * @param {number} request Its place in `list`.
   * @returns {Promise<ChromeStreamEvent[]>} The events of a stream.
   */
  async streamEvents(request) {
    return await this.#requests.evaluate(
      (requests, place) => requests[place]?.eventSourceMessages().map(({ time, eventName, eventId, data }) => ({ time, eventName, eventId, data })) ?? [],
      request,
    );
  }

  /**
   * @param {number} request Its place in `list`.
   * @param {number} from
   * @param {number} to Excluded.
   * @returns {Promise<ChromeMessage[]>}
   */
  async messages(request, from, to) {
    return await this.#requests.evaluate(
      (requests, place, first, end) =>
        (requests[place]?.frames() ?? []).slice(first, end).map(({ type, time, opCode, text, mask }) => ({ type, time, opCode, text, mask })),
      request,
      from,
      to,
    );
  }
}
