import { Download } from "lucide-react";

/** How the Export button looks, before its menu is loaded and after. */
export const EXPORT_BUTTON = {
  name: "Export",
  text: "Export",
  title: "Save frames to a file",
  icon: <Download className="only-narrow" />,
  className: "button-menu",
} as const;
