/** What the table has beside its rows, loaded after the first paint. */
export { FramesOverlays } from "./frames-overlays.tsx";
export { FramesEmpty } from "./frames-empty.tsx";
export { FramesBanners } from "./frames-banners.tsx";
export { NoMatches } from "./no-matches.tsx";
export { WelcomeOffers } from "../welcome/welcome-offers.tsx";
export { HiddenLine } from "../connections/hidden-line.tsx";
export { UncapturedTabs } from "../connections/uncaptured-tabs.tsx";
export { Hint } from "../welcome/hint.tsx";
export { TimeLeft } from "../figures/time-left.tsx";
export { FindSilent } from "../connections/find-silent.tsx";
