/** Shared workers of which it is not known whose they are. */
export const workers = {
  "workers.name": "Shared worker",
  "workers.uncertain": "It is not known whether this tab uses the shared worker { $worker }, so it is not captured.",
  "workers.named": "{ $name } ({ $url })",
  "workers.capture": "Capture",
  "workers.capture-about": "Capture this shared worker",
  "workers.dismiss": "Do not capture",
  "workers.dismiss-about": "Do not capture this shared worker",
} as const;
