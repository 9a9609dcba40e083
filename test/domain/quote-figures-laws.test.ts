import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addMonths, type PlainDate } from "../../server/domain/calendar/plain-date";
import { planSegments } from "../../server/domain/invoice/plan-segments";
import { type Decimal, ZERO } from "../../server/domain/money/decimal";
import { figuresOf } from "../../server/domain/quote/figures";
import { endedWith } from "../../server/domain/quote/figures-term";
import type { PriceFigures } from "../../server/domain/quote/quote-figures";
import { arbitraryQuote } from "./arbitrary-quote";
import { arbitraryWorld } from "./arbitrary-world";
import { readingsFor, type World } from "./billing-world";
import { bill, linesOf, totalOf } from "./laws/bill";
import { loadEngine } from "./laws/engine";

const engine = await loadEngine();
const { LAW_RUNS } = process.env;
const SAMPLE = LAW_RUNS === undefined ? { numRuns: 150, seed: 2026 } : { numRuns: Number(LAW_RUNS) };
const NOTHING_USED: World = { events: { calls: [], messages: [] } };
const PATIENT = { timeout: 60_000 };

type Sums = { readonly [part in "list" | "discount" | "net"]: string };

const sumsOf = (figures: readonly PriceFigures[]): Sums => {
  const sum = (part: keyof Sums) => figures.reduce<Decimal>((total, each) => total.plus(each[part]), ZERO).toFixed();
  return { list: sum("list"), discount: sum("discount"), net: sum("net") };
};

describe("the figures of any quote", PATIENT, () => {
  test("add up to its total by phase, by year, and by line with what stands over several lines", () => {
    fc.assert(
      fc.property(arbitraryQuote, (quote) => {
        const { total, phases, years, lines, overLines } = figuresOf(quote);
        const all = sumsOf([total]);
        expect(sumsOf(phases)).toEqual(all);
        expect(sumsOf(years)).toEqual(all);
        expect(sumsOf([...lines, ...overLines])).toEqual(all);
        expect(total.list.minus(total.discount).equals(total.net)).toBe(true);
      }),
      SAMPLE,
    );
  });

  test("are in whole minor units of its currency", () => {
    fc.assert(
      fc.property(arbitraryQuote, (quote) => {
        const figures = figuresOf(quote);
        const { currency, total, phases, years, lines, overLines, oneTime, annualContractValue, invoices } = figures;
        const amounts = [
          ...[total, ...phases, ...years, ...lines, ...overLines].flatMap(({ list, net }) => [list, net]),
          ...phases.flatMap(({ monthlyRecurring, annualRecurring }) => [monthlyRecurring, annualRecurring]),
          ...invoices.map(({ net }) => net),
          oneTime,
          annualContractValue,
        ];
        for (const amount of amounts) expect(amount.decimalPlaces()).toBeLessThanOrEqual(currency.minorUnits);
      }),
      SAMPLE,
    );
  });

  test("cover each day of its term once, in phases, in years, and in the steps of each phase", () => {
    fc.assert(
      fc.property(arbitraryQuote, (quote) => {
        const { term, phases, years } = figuresOf(quote);
        const days = (periods: readonly { readonly startsOn: PlainDate; readonly endsBefore: PlainDate }[]) => [
          periods[0]?.startsOn,
          ...periods
            .slice(1)
            .map(({ startsOn }, index) => (periods[index]?.endsBefore === startsOn ? "joined" : "not")),
          periods.at(-1)?.endsBefore,
        ];
        const whole = (periods: readonly unknown[], { startsOn, endsBefore } = term) => [
          startsOn,
          ...periods.slice(1).map(() => "joined"),
          endsBefore,
        ];
        expect(days(phases.map(({ period }) => period))).toEqual(whole(phases));
        expect(days(years.map(({ period }) => period))).toEqual(whole(years));
        for (const { period, steps } of phases) {
          expect(days(steps.map((step) => step.period))).toEqual(whole(steps, period));
        }
      }),
      SAMPLE,
    );
  });

  test("take nothing off where it takes nothing off", () => {
    fc.assert(
      fc.property(arbitraryQuote, (given) => {
        const listed = figuresOf(given);
        const free = figuresOf({
          ...given,
          listedTermsOf: () => null,
          contract: {
            ...given.contract,
            maximums: [],
            discounts: [],
            phases: given.contract.phases.map((phase) => ({
              ...phase,
              charges: phase.charges.map((charge) => ({
                ...charge,
                ...given.listedTermsOf(charge.price),
                discounts: [],
                isFreeTrial: false,
              })),
            })),
          },
        });
        expect(free.total.discount.toFixed()).toBe("0");
        expect(free.total.net.toFixed()).toBe(listed.total.list.toFixed());
      }),
      SAMPLE,
    );
  });

  test("count what is assumed to be used as billing does", () => {
    fc.assert(
      fc.property(arbitraryQuote, arbitraryWorld, (quote, world) => {
        const { term, total, withUsage } = figuresOf(quote, (plan) => readingsFor(plan, world));
        const billed = totalOf(linesOf(engine, endedWith(quote.contract, term), world));
        expect(withUsage?.total.toFixed()).toBe(billed.toFixed());
        expect(withUsage?.usage.plus(total.net).toFixed()).toBe(billed.toFixed());
      }),
      SAMPLE,
    );
  });

  test("begin with the invoices that billing would propose", () => {
    fc.assert(
      fc.property(arbitraryQuote, arbitraryWorld, (quote, world) => {
        const { term, invoices } = figuresOf(quote, (plan) => readingsFor(plan, world));
        const { contract } = quote;
        const plan = planSegments(contract, { from: contract.startsOn, through: term.endsBefore });
        const proposed = engine.proposeInvoices({ contract, plan, billed: [], ...readingsFor(plan, world) }).invoices;
        expect(invoices.map(({ billsOn, net }) => [billsOn, net.toFixed()])).toEqual(
          proposed.slice(0, 12).map(({ billsOn, net }) => [billsOn, net.amount.toFixed()]),
        );
      }),
      SAMPLE,
    );
  });
});

describe("the total contract value", PATIENT, () => {
  test("is what the contract brings when it is billed month by month to the end of its term, with nothing used", () => {
    fc.assert(
      fc.property(arbitraryQuote, (quote) => {
        const { term, total } = figuresOf(quote);
        const terms = endedWith(quote.contract, term);
        const steps = billingDays(terms.startsOn, term.endsBefore).map((asOf) => ({
          terms,
          asOf,
          world: NOTHING_USED,
        }));
        expect(totalOf(bill(engine, steps)).toFixed()).toBe(total.net.toFixed());
      }),
      SAMPLE,
    );
  });
});

/** A run a month, and one when everything is due. */
function billingDays(startsOn: PlainDate, endsBefore: PlainDate): PlainDate[] {
  const days: PlainDate[] = [];
  for (let month = 0; addMonths(startsOn, month) < endsBefore; month += 1) days.push(addMonths(startsOn, month));
  return [...days, endsBefore];
}
