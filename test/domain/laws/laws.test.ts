import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as amendmentLaws from "./amendment-laws";
import * as billingLaws from "./billing-laws";
import * as chargeLaws from "./charge-laws";
import * as discountLaws from "./discount-laws";
import { type Engine, type Law, loadEngine } from "./engine";
import * as lateUsageLaws from "./late-usage-laws";
import { loadEngineWith } from "./replace-part";
import { SABOTAGES } from "./sabotages";

const LAWS: { readonly [subject: string]: readonly Law[] } = {
  "what charges come to": Object.values(chargeLaws),
  "discounts and bounds": Object.values(discountLaws),
  billing: Object.values(billingLaws),
  "late usage": Object.values(lateUsageLaws),
  amendments: Object.values(amendmentLaws),
};

/** Each law bills so many contracts over a year and a half: always the same, or as many new ones as LAW_RUNS asks for. */
const { LAW_RUNS } = process.env;
const SAMPLE = LAW_RUNS === undefined ? { numRuns: 150, seed: 2026 } : { numRuns: Number(LAW_RUNS) };
const PATIENT = { timeout: 60_000 };
/** Looking for the smallest example may take longer than anybody waits. */
const MILLISECONDS_MOST = 20_000;

const named = <T extends { readonly title: string }>(items: readonly T[]) =>
  items.map((item): [string, T] => [item.title, item]);

function check({ property }: Law, engine: Engine, parameters: fc.Parameters<unknown>): fc.RunDetails<unknown> {
  const details = fc.check(property(engine), parameters);
  if (details instanceof Promise) throw new Error("the laws of a pure engine do not wait");
  return details;
}

/** The smallest contract and world that break a law: decimals write themselves as text. */
function report({ title }: Law, { counterexample, errorInstance, seed }: fc.RunDetails<unknown>): Error {
  const smallest = JSON.stringify(counterexample, whatIsGiven);
  return new Error(`"${title}" does not hold (seed ${seed}) for ${smallest}`, { cause: errorInstance });
}

const whatIsGiven = (_: string, value: unknown) =>
  value === null || (Array.isArray(value) && value.length === 0) ? undefined : value;

describe.each(Object.entries(LAWS))("%s", PATIENT, async (_subject, laws) => {
  const engine = await loadEngine();

  test.each(named(laws))("%s", (_title, law) => {
    const details = check(law, engine, { ...SAMPLE, interruptAfterTimeLimit: MILLISECONDS_MOST });
    if (details.failed) throw report(law, details);
  });
});

describe("an engine is caught that", PATIENT, () => {
  test.each(named(SABOTAGES))("%s", async (_title, { replacement, breaks }) => {
    const engine = await loadEngineWith(replacement);
    for (const law of breaks) {
      // Always the same contracts: this is about the law, and no matter of luck.
      const { failed, errorInstance } = check(law, engine, { numRuns: 1000, seed: 2026, endOnFailure: true });
      expect(failed, `"${law.title}" did not notice`).toBe(true);
      // Noticed by what was expected, not by a sabotage that throws.
      expect(errorInstance).toMatchObject({ name: "AssertionError" });
    }
  });

  test("breaks any of the laws", () => {
    const broken = new Set(SABOTAGES.flatMap(({ breaks }) => breaks));
    const unproven = Object.values(LAWS).flatMap((laws) => laws.filter((law) => !broken.has(law)));
    expect(unproven.map(({ title }) => title)).toEqual([]);
  });
});
