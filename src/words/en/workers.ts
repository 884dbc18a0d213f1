/** Shared workers of which it is not known whose they are. */
export const workers = {
  "workers.name": "Shared worker",
  "workers.uncertain": "This tab may use the shared worker { $worker }, and another tab may. Chrome does not report which, so it is not captured.",
  "workers.named": "{ $name } ({ $url })",
  "workers.capture": "Capture it",
  "workers.capture-about": "Capture this shared worker",
  "workers.dismiss": "Dismiss",
  "workers.dismiss-about": "Do not capture this shared worker",
} as const;
