/** What a person does in the Framescope panel, by the accessible names that the interface keeps. */
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** @typedef {import("puppeteer-core").Frame} Frame */
/** @typedef {"HAR" | "HAR with sensitive data" | "NDJSON" | "CSV" | "Parquet" | "Markdown" | "Transcript" | "pcapng" | "Payloads (zip)" | "Framescope capture"} ExportFormat */

// A machine may be busy with much else.
const CAPTURE_TIMEOUT_MS = 30_000;
const FIND_TIMEOUT_MS = 20_000;
const FIND_AGAIN_MS = 20;
/** Names that have to be computed are looked for less often: it takes as long as ten looks at the markup. */
const COMPUTE_AGAIN_MS = 200;
/** @type {Readonly<Record<string, string>>} Of elements that have one without being told. */
const OWN_ROLES = { button: "button", textarea: "textbox" };
/** Whose name is their text, where they have no other. */
const NAMED_BY_TEXT = new Set(["button", "menuitem", "menuitemradio", "menuitemcheckbox", "tab"]);
const DOWNLOAD_TIMEOUT_MS = 120_000;

/**
 * Waits until the panel says that it captures.
 * @param {Frame} panel
 */
export async function waitUntilCapturing(panel) {
  const status = await panel.waitForSelector('[role="status"][aria-label="Capture"]', { timeout: CAPTURE_TIMEOUT_MS }).catch(() => null);
  if (status === null) throw new Error("The Framescope panel shows no Capture status.");
  const text = await panel
    .waitForFunction(
      (element) => {
        const said = element.textContent?.trim() ?? "";
        return said.startsWith("Capturing") || said.startsWith("Not capturing") ? said : null;
      },
      { polling: 50, timeout: CAPTURE_TIMEOUT_MS },
      status,
    )
    .then((said) => said.jsonValue())
    .catch(() => status.evaluate((element) => element.textContent?.trim() ?? ""));
  if (text?.startsWith("Capturing") !== true) throw new Error(`The Framescope panel does not capture: its status is "${text ?? ""}".`);
}

/**
 * Exports by the Export menu and waits for the file.
 * @param {{ browser: import("puppeteer-core").Browser, panel: Frame }} open
 * @param {ExportFormat} format
 * @param {string} folder Absolute.
 * @returns {Promise<{ path: string, suggestedName: string }>} As `saveDownload`.
 */
export async function exportCapture({ browser, panel }, format, folder) {
  const saved = new AbortController();
  try {
    return await saveDownload(browser, folder, async () => {
      await click(panel, "button", "Export");
      await click(panel, "menuitem", format);
      await maskSecrets(panel, saved.signal);
    });
  } catch (error) {
    const said = await panel.$$eval("[role=status], [role=alert]", (elements) => elements.map((element) => element.textContent?.trim()).filter(Boolean));
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${format} was not exported: ${why} The panel says: ${said.join(" · ")}`, { cause: error });
  } finally {
    saved.abort();
  }
}

/**
 * Answers the question about secrets, should the export ask it: all are masked.
 * @param {Frame} panel
 * @param {AbortSignal} signal Nothing is asked any more.
 */
async function maskSecrets(panel, signal) {
  const answered = press("button that writes what was found", () => panel.waitForSelector(".secrets-write", { visible: true, signal, timeout: DOWNLOAD_TIMEOUT_MS }));
  // Most exports ask nothing, and their file is there first.
  void answered.catch(() => {});
}

/**
 * Waits until the table shows what was asked for last (a filter, a connection, an order), and none of the rows of before.
 * More rows may still be found.
 * @param {Frame} panel
 */
export async function untilShown(panel) {
  await panel.waitForFunction(() => document.querySelector(".frames-grid")?.ariaBusy === "false", { polling: FIND_AGAIN_MS, timeout: FIND_TIMEOUT_MS });
}

/**
 * Puts a text in the place of the filter, whatever stands there, and waits until the box has it and the table shows no row
 * of before: the box may just be turning into the editor, and an editor hears of a selection that is the browser's own a
 * moment later.
 * @param {{ panel: Frame }} open
 * @param {string} text
 * @param {string} [name] The box's, in another language than English.
 */
export async function setFilter({ panel }, text, name = "Filter frames") {
  const { keyboard } = panel.page();
  const read = () => panel.evaluate(() => (document.querySelector(".cm-placeholder") === null ? (document.querySelector(".cm-content")?.textContent ?? null) : ""));
  for (const began = performance.now(); ; ) {
    await click(panel, "textbox", name);
    await keyboard.down("Control");
    await keyboard.press("KeyA");
    await keyboard.up("Control");
    // In one edit: what stood between two would be a filter too, the log gone through for it, and its values offered.
    await (text === "" ? keyboard.press("Backspace") : keyboard.sendCharacter(text));
    if ((await read()) === text) return await untilShown(panel);
    if (performance.now() - began > FIND_TIMEOUT_MS) throw new Error(`The filter reads ${JSON.stringify(await read())}, not ${JSON.stringify(text)}.`);
  }
}

/**
 * Selects the last row of the table by the keyboard and opens it.
 * @param {Frame} panel
 */
export async function openLastFrame(panel) {
  await untilShown(panel);
  const grid = await find(panel, "grid", "Frames");
  for (const began = performance.now(); ; await wait(FIND_AGAIN_MS)) {
    await grid.press("End");
    // Rows that are only now on their way to the table come behind it.
    const isLast = await grid.evaluate((element) => element.querySelector('[role="row"][aria-selected="true"]')?.ariaRowIndex === element.getAttribute("aria-rowcount"));
    if (isLast) break;
    if (performance.now() - began > FIND_TIMEOUT_MS) throw new Error("The last row of the table is not selected.");
  }
  await grid.press("Enter");
  await find(panel, "tab", "Message");
  await panel.waitForSelector('.inspector[aria-busy="false"]', { timeout: FIND_TIMEOUT_MS });
}

/**
 * @param {Frame} panel
 * @param {string} role
 * @param {string} name
 */
export async function click(panel, role, name) {
  await press(`${role} named ${name}`, () => find(panel, role, name));
}

/**
 * Presses the first that a selector finds, as `press` does.
 * @param {Frame} panel
 * @param {string} selector puppeteer's: it may end in `::-p-text(…)`.
 * @param {PressOptions} [options]
 */
export async function clickOn(panel, selector, options) {
  await press(selector, () => panel.$(selector).catch(() => null), options);
}

/** @typedef {Pick<import("puppeteer-core").ClickOptions, "button" | "count" | "offset">} PressOptions */

/** Presses that met something else than they were meant for, so far: who counts clicks counts them not. */
export const presses = { missed: 0 };

/**
 * Presses what `look` finds, looked for again for as long as it is not there or the press meets something else.
 * @param {string} what For who reads that it never did.
 * @param {() => Promise<import("puppeteer-core").ElementHandle<Element> | null>} look
 * @param {PressOptions} [options]
 */
export async function press(what, look, options = {}) {
  for (let began = Infinity; ; await wait(FIND_AGAIN_MS)) {
    const element = await look();
    const met = element === null ? "is not there" : await pressed(element, options);
    if (met === "it") return;
    // To find it may have taken long.
    began = Math.min(began, performance.now());
    if (performance.now() - began > FIND_TIMEOUT_MS) throw new Error(`A click on the ${what} meets something else: it ${met}.`);
  }
}

/**
 * Presses the mouse on an element; answers "it", or why it takes no press yet: what a person would press again.
 * @param {import("puppeteer-core").ElementHandle<Element>} element
 * @param {PressOptions} options
 * @returns {Promise<string>}
 */
async function pressed(element, options) {
  const met = await element.scrollIntoView().then(() => element.evaluateHandle(watchPress, options.offset)).catch(() => null);
  if (met === null) return "is not drawn, or drawn anew";
  try {
    const why = await met.evaluate(({ why: said }) => said);
    if (why !== "") return why;
    await element.click(options);
    // What closes with it takes the answer along.
    const isMet = await met.evaluate(({ isMet: answer }) => answer).catch(() => true);
    if (isMet) return "it";
    presses.missed++;
    return "moves, is covered, or was disabled just then";
  } catch (error) {
    // A menu's button is drawn anew once its menu is loaded, and what is only now laid out has no place yet.
    return `cannot be pressed (${error instanceof Error ? error.message : String(error)})`;
  } finally {
    await met.dispose().catch(() => {});
  }
}

/**
 * In the page: whether the next press of the pointer meets an element, and why it should not be pressed now.
 * @param {Element} node
 * @param {{ x: number, y: number } | undefined} offset
 * @returns {{ isMet: boolean, why: string }}
 */
function watchPress(node, offset) {
  // One is disabled as long as what it began goes on.
  const isDisabled = () => node.matches(":disabled, [aria-disabled='true']");
  if (isDisabled()) return { isMet: false, why: "is disabled" };
  const box = [...node.getClientRects()].find(({ width, height }) => width >= 1 && height >= 1);
  if (box === undefined) return { isMet: false, why: "is not drawn" };
  const there = document.elementFromPoint(box.x + (offset?.x ?? box.width / 2), box.y + (offset?.y ?? box.height / 2));
  if (there !== null && !node.contains(there)) return { isMet: false, why: "is covered" };
  const pointer = { isMet: false, why: "" };
  const name = node.ariaLabel ?? node.textContent;
  // Drawn anew just before, it is the same to a person, and has been pressed: a second press would close what opened.
  /** @param {Element | null} other */
  const isDrawnAnew = (other) => !node.isConnected && other !== null && (other.ariaLabel ?? other.textContent) === name;
  addEventListener("pointerdown", ({ target }) => (pointer.isMet = !isDisabled() && target instanceof Element && (node.contains(target) || isDrawnAnew(target.closest(node.localName)))), { capture: true, once: true });
  // A button that becomes disabled under the pointer hears of no click.
  addEventListener("pointerup", () => (pointer.isMet &&= !isDisabled()), { capture: true, once: true });
  return pointer;
}

/**
 * Waits for something visible with this role and accessible name.
 * @param {Frame} panel
 * @param {string} role
 * @param {string} name
 * @returns {Promise<import("puppeteer-core").ElementHandle<Element>>}
 */
export async function find(panel, role, name) {
  const began = performance.now();
  for (let computed = NAMED_BY_TEXT.has(role) ? began : -Infinity; ; ) {
    // A panel that is being loaded has nothing yet.
    const marked = await findMarked(panel, role, name).catch(() => null);
    if (marked !== null) return marked;
    if (performance.now() - computed >= COMPUTE_AGAIN_MS) {
      const found = await findComputed(panel, role, name).catch(() => null);
      if (found !== null) return found;
      computed = performance.now();
    }
    if (performance.now() - began > FIND_TIMEOUT_MS) throw new Error(`The Framescope panel shows no ${role} named ${name}.`);
    await wait(FIND_AGAIN_MS);
  }
}

/**
 * What has its name in its markup, as most has. For a name that has to be computed, Chrome computes those of the whole
 * document each time.
 * @param {Frame} panel
 * @param {string} role
 * @param {string} name
 */
async function findMarked(panel, role, name) {
  const found = await panel.evaluateHandle(
    (wanted, label, own, isNamedByText) => {
      const roleOf = (/** @type {Element} */ element) => element.getAttribute("role") ?? own[element.localName];
      // What a dialog is before is in nobody's reach.
      const modal = document.querySelector("dialog:modal");
      const isReached = (/** @type {Element} */ element) => element.closest('[aria-hidden="true"], [inert]') === null && modal?.contains(element) !== false;
      const isMeant = (/** @type {Element} */ element) => roleOf(element) === wanted && isReached(element) && element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 0;
      const labelled = document.querySelectorAll(`[aria-label="${CSS.escape(label)}"]:not([aria-labelledby])`);
      const unlabelled = isNamedByText ? document.querySelectorAll(":is([role], button):not([aria-label], [aria-labelledby])") : [];
      return [...labelled].find(isMeant) ?? [...unlabelled].find((element) => element.textContent?.trim() === label && isMeant(element)) ?? null;
    },
    role,
    name,
    OWN_ROLES,
    NAMED_BY_TEXT.has(role),
  );
  return /** @type {import("puppeteer-core").ElementHandle<Element> | null} */ (found.asElement());
}

/**
 * @param {Frame} panel
 * @param {string} role
 * @param {string} name
 */
async function findComputed(panel, role, name) {
  const found = await panel.$(named(role, name));
  return (await found?.isVisible()) === true ? found : null;
}

/**
 * A selector of puppeteer's for the accessibility tree.
 * @param {string} role
 * @param {string} name
 */
function named(role, name) {
  return `::-p-aria([name="${name}"][role="${role}"])`;
}

/**
 * Has the browser save downloads in a folder, and waits for the one that `action` starts.
 * @param {import("puppeteer-core").Browser} browser
 * @param {string} folder Absolute.
 * @param {() => Promise<void>} action
 * @returns {Promise<{ path: string, suggestedName: string }>} The file has a name of Chrome's own, so nothing is overwritten.
 */
export async function saveDownload(browser, folder, action) {
  const client = await browser.target().createCDPSession();
  /** @type {{ guid: string, suggestedName: string } | undefined} */
  let begun;
  /** @type {NodeJS.Timeout | undefined} */
  let timeout;
  try {
    const done = new Promise((resolve, reject) => {
      client.on("Browser.downloadWillBegin", ({ guid, suggestedFilename }) => {
        begun ??= { guid, suggestedName: suggestedFilename };
      });
      client.on("Browser.downloadProgress", ({ guid, state }) => {
        if (guid !== begun?.guid || state === "inProgress") return;
        if (state === "completed") resolve(undefined);
        else reject(new Error(`Chrome cancelled the download of ${begun.suggestedName}.`));
      });
      timeout = setTimeout(() => {
        const what = begun === undefined ? "No download began" : `The download of ${begun.suggestedName} did not end`;
        reject(new Error(`${what} within ${DOWNLOAD_TIMEOUT_MS / 1000} s.`));
      }, DOWNLOAD_TIMEOUT_MS);
    });
    await client.send("Browser.setDownloadBehavior", { behavior: "allowAndName", downloadPath: folder, eventsEnabled: true });
    await Promise.all([done, action()]);
  } finally {
    clearTimeout(timeout);
    await client.detach().catch(() => {});
  }
  if (begun === undefined) throw new Error("Chrome finished a download that it never began.");
  return { path: join(folder, begun.guid), suggestedName: begun.suggestedName };
}
