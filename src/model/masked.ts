/** What a mask leaves in the place of a secret (`format/redact`), in a text or in a URL. */
const MASKED = /‹(?:[a-z]+-)?\d+\**›|%E2%80%B9/;

/** Whether a part of it was masked, so that it is no use to a server. */
export const isMasked = (text: string): boolean => MASKED.test(text);
