/** Under which keys of chrome.storage.local stands what the first screen of the panel needs, beside the settings. */
export const FILTERS_KEY = "filters";
export const COLUMNS_KEY = "columns";
export const PANE_SIZES_KEY = "pane-sizes";
