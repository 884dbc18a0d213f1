import { appAddressOfCapture } from "./app-address.ts";

/** Shows a kept capture in a tab of its own; `window.open` may not, in DevTools. */
export const openCapture = (id: string): Promise<unknown> => chrome.tabs.create({ url: appAddressOfCapture(id) });
