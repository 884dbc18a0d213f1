const isMac = /Mac/.test(navigator.userAgent);

/** A key with Ctrl, or with Cmd on a Mac, as menus show it. */
export const commandKey = (key: string): string => (isMac ? `⌘${key}` : `Ctrl+${key}`);
