import { findBrowser } from "../../scripts/find-browser.mjs";

const { version } = await findBrowser();

/** The browser is one to which docs/capture.md denies what a test asks for ("Which Chrome"). */
export const IS_OLD_CHROME = version < 156;
