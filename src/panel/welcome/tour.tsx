import { X } from "lucide-react";
import { Popover } from "radix-ui";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { Button } from "../controls/button.tsx";
import { useWhole } from "../controls/use-whole.ts";
import { useSelected, useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { tourOf } from "./tour-store.ts";
import { TOUR_STEPS, type TourStep } from "./tour-steps.ts";
import "./welcome.css";

/** Of a large part, the box stands at its beginning. */
const MOST_ANCHOR = 48;

/** One step of the tour beside what it tells of; nothing while there is none. */
export function Tour() {
  const step = useSelected(tourOf(useSession()), (state) => state.step);
  const isWhole = useWhole();
  const shown = step === null ? undefined : TOUR_STEPS[step];
  return isWhole && step !== null && shown !== undefined ? <Step key={shown.id} number={step + 1} step={shown} /> : null;
}

function Step({ number, step }: { readonly number: number; readonly step: TourStep }) {
  const tour = tourOf(useSession());
  const { words } = useSpeaker();
  const next = useRef<HTMLButtonElement>(null);
  const spot = useSpot(step);
  const anchor = useMemo(() => ({ current: { getBoundingClientRect: () => new DOMRect(spot.x, spot.y, spot.width, Math.min(spot.height, MOST_ANCHOR)) } }), [spot]);
  const isLast = number === TOUR_STEPS.length;
  const title = words(`welcome.tour-${step.id}`);
  return (
    <>
      <div className="tour-spot" style={{ left: spot.x, top: spot.y, width: spot.width, height: spot.height }} />
      <Popover.Root open onOpenChange={(isOpen) => !isOpen && tour.leave()}>
        <Popover.Anchor virtualRef={anchor} />
        <Popover.Portal>
          <Popover.Content
            className="tour popup"
            aria-label={title}
            sideOffset={8}
            collisionPadding={8}
            // One may try what it tells of.
            onInteractOutside={(event) => event.preventDefault()}
            // See `takeKey`: Escape leaves it, and is not for DevTools.
            onEscapeKeyDown={(event) => event.stopPropagation()}
            onOpenAutoFocus={(event) => {
              event.preventDefault();
              next.current?.focus();
            }}
            onCloseAutoFocus={(event) => event.preventDefault()}
          >
            <div className="tour-head">
              <strong>{title}</strong>
              <span>{words("welcome.tour-step", { number, all: TOUR_STEPS.length })}</span>
              <Button name={words("welcome.tour-leave")} icon={<X />} onClick={() => tour.leave()} />
            </div>
            <p>{words(`welcome.tour-${step.id}-about`)}</p>
            <div className="tour-buttons">
              {number > 1 && <Button name={words("welcome.tour-back")} text={words("welcome.tour-back")} onClick={() => tour.go(-1)} />}
              <Button ref={next} name={words(isLast ? "welcome.tour-done" : "welcome.tour-next")} text={words(isLast ? "welcome.tour-done" : "welcome.tour-next")} look="plain" onClick={() => tour.go(1)} />
            </div>
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
    </>
  );
}

/** Where the part is that a step tells of, also once the panel has another size. */
function useSpot({ at }: TourStep): DOMRect {
  const [spot, setSpot] = useState(() => spotOf(at));
  useLayoutEffect(() => {
    const measure = (): void => setSpot(spotOf(at));
    const observer = new ResizeObserver(measure);
    observer.observe(document.documentElement);
    for (const selector of at) for (const part of document.querySelectorAll(selector)) observer.observe(part);
    return () => observer.disconnect();
  }, [at]);
  return spot;
}

function spotOf(at: TourStep["at"]): DOMRect {
  for (const selector of at) {
    const part = document.querySelector(selector);
    if (part !== null) return part.getBoundingClientRect();
  }
  return new DOMRect();
}
