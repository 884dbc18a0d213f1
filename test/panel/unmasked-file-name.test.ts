import { expect, it } from "vitest";
import { unmaskedFileName } from "../../src/panel/unmasked-file-name.ts";

it("a file of what was captured names its host, what it is, and that no secret is masked in it", () => {
  expect(unmaskedFileName("wss://feed.test/ws?token=s3cret", "frame-12.txt")).toBe("framescope-feed.test-frame-12-unmasked.txt");
  expect(unmaskedFileName("ws://[::1]:8080/", "transcript.json")).toBe("framescope--1-8080-transcript-unmasked.json");
  expect(unmaskedFileName("", "transcript-report.txt")).toBe("framescope-transcript-report-unmasked.txt");
});
