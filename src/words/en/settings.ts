/** The settings. */
export const settings = {
  "settings.language": "Language",
  "settings.language-auto": "Browser language",
  "settings.preserve-log": "Preserve log",
  "settings.preserve-log-about": "Keep frames when the page navigates. Each navigation is marked in the table.",
  "settings.with-devtools": "Start capturing when DevTools opens",
  "settings.with-devtools-about": "Otherwise capturing starts when you first open this panel.",
  "settings.popups": "Also capture tabs that this page opens",
  "settings.close-codes": "Show close codes",
  "settings.close-codes-about": "Also shows close reasons and the size of sent Blobs, none of which Chrome reports. For this, WebSocket is wrapped in the page and its workers. Stack traces there show one more line.",
  "settings.memory": "Memory for payloads",
  "settings.memory-about": "Older payloads are read from disk. { NUMBER($least) } to { NUMBER($most) } MiB.",
  "settings.kept": "Captures to keep",
  "settings.kept-about": "The oldest capture is deleted first. { NUMBER($least) } to { NUMBER($most) }.",
  "settings.disk": "Disk space for captures",
  "settings.disk-about": "When full, the oldest capture is deleted. { NUMBER($least) } to { NUMBER($most) } MiB.",
  "settings.mebibytes": "MiB",
} as const;
