import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { clickOn } from "../../scripts/panel-actions.mjs";
import { takePicture } from "./pictures.ts";
import { until, type Begin, type Stage } from "./stage.ts";

let server: LoadServer;
let stage: Stage;

/** What the inspector shows of a picture or a sound, once that is loaded. */
const shown = (): Promise<string> =>
  stage.panel.evaluate(() => {
    const image = document.querySelector<HTMLImageElement>("figure.media img");
    const audio = document.querySelector<HTMLAudioElement>("figure.media audio");
    const caption = document.querySelector("figure.media figcaption")?.textContent ?? "";
    const pixels = image?.complete === true && image.naturalWidth > 0 ? `${image.naturalWidth} × ${image.naturalHeight}` : undefined;
    // The caption has them once the picture says that it has come.
    if (pixels !== undefined) return caption.includes(pixels) ? `${pixels}: ${caption}` : "";
    return audio !== null && audio.readyState > 0 ? `${audio.duration} s: ${caption}` : "";
  });

export function describeMedia(begin: Begin): void {
  describe("pictures and sounds", () => {
    beforeAll(async () => {
      server = await startLoadServer();
      stage = await begin(server.url);
    });
    afterAll(() => server.close());

    it("are shown and played as what they are", async () => {
      const types = await stage.page.evaluate(async (url) => {
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [30, 20];
        canvas.getContext("2d")?.fillRect(3, 3, 20, 10);
        const pictures = await Promise.all(["image/png", "image/jpeg", "image/webp"].map((type) => new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type))));
        // Half a second of 8,000 samples of a byte.
        const wave = new Uint8Array(44 + 4000).fill(0x80);
        const view = new DataView(wave.buffer);
        for (const [at, text] of [[0, "RIFF"], [8, "WAVEfmt "], [36, "data"]] as const) new TextEncoder().encodeInto(text, wave.subarray(at));
        for (const [at, number] of [[4, 36 + 4000], [16, 16], [24, 8000], [28, 8000], [40, 4000]] as const) view.setUint32(at, number, true);
        for (const [at, number] of [[20, 1], [22, 1], [32, 1], [34, 8]] as const) view.setUint16(at, number, true);
        const socket = new WebSocket(`${url}/echo`);
        await new Promise((resolve) => { socket.onopen = resolve; });
        for (const blob of [...pictures, new Blob([wave], { type: "audio/wav" })]) {
          if (blob === null) continue;
          const echoed = new Promise((resolve) => { socket.onmessage = resolve; });
          socket.send(await blob.arrayBuffer());
          await echoed;
        }
        return pictures.map((blob) => blob?.type);
      }, server.webSocketUrl);
      expect(types).toEqual(["image/png", "image/jpeg", "image/webp"]);
      await stage.waitForStatus("Matches", /^8 frames$/);
      const seen: string[] = [];
      for (const place of [1, 3, 5, 7]) {
        const before = seen.at(-1);
        await clickOn(stage.panel, `[aria-label="Frames"] [role="row"][data-place="${place}"] [data-column="time"]`);
        seen.push(await until(shown, (text) => text !== "" && text !== before));
        await takePicture(stage, `media-${place}`);
      }
      expect(seen.toSorted()).toEqual(["0.5 s: audio/wav", ...["jpeg", "png", "webp"].map((type) => `30 × 20: image/${type} · 30 × 20`)]);
    });
  });
}
