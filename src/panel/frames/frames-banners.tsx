import { KeptBanner } from "../captures/kept-banner.tsx";
import { CaptureBanner } from "./capture-banner.tsx";

/** Above the rows: what is wrong with the capture. */
export const FramesBanners = () => (
  <>
    <CaptureBanner />
    <KeptBanner />
  </>
);
