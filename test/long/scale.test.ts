import { BATCH, describeScale } from "../e2e/scale-scenarios.ts";

/** Some over ten million, to fill a batch. */
describeScale("ten million frames", 4883 * BATCH);
