/** What exports and imports say, and the kinds of secrets that are masked, in the files themselves. */
export const format = {
  "format.sensitive": "This file holds cookies, credentials and message payloads as they were sent. Whoever has it may be able to act as the user.",
  "format.sanitised": "Sanitised by Framescope: the headers { $headers }, the lists of cookies, and user names, passwords and fragments in URLs were left out. URLs with their query strings, all other headers (Sec-WebSocket-Protocol among them) and message payloads are unchanged, and may hold tokens and personal data.",
  "format.only-shown": "Only the frames that matched the filter are in this file.",
  "format.only-selected": "Only the selected frames are in this file.",
  "format.lost": `{ $n ->
      [one] { NUMBER($n) } frame that Chrome reported was not recorded.
     *[other] { NUMBER($n) } frames that Chrome reported were not recorded.
  }`,
  "format.not-seen": "Opened before capture; handshake not seen.",
  "format.no-url": "The URL is unknown.",
  "format.no-start": "The start time is unknown; 1970 stands for it.",
  "format.ending": "{ $ending }.",
  "redact.cookie": "Cookies",
  "redact.credentials": "Credentials in headers",
  "redact.password": "Passwords",
  "redact.jwt": "JSON Web Tokens",
  "redact.key": "API keys",
  "redact.token": "Access tokens",
  "redact.card": "Card numbers",
  "redact.email": "Email addresses",
} as const;
