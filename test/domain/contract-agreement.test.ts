import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Agreement, type Conditions, compareAgreements } from "../../server/domain/contract/agreement";
import type { AmendmentChange } from "../../server/domain/contract/amendment";
import type { Contract } from "../../server/domain/contract/contract";
import { differencesOf } from "../../server/domain/contract/difference";
import { percent } from "../../server/domain/money/percent";
import {
  add,
  amended,
  amendment,
  contractDiscount,
  extend,
  fixedDiscount,
  price,
  quantity,
  remove,
} from "./amendments-world";
import { arbitraryContract } from "./arbitrary-contract";
import { amountOff, charge, contract, day, decimal, minimum, percentOff } from "./billing-world";

const CONDITIONS: Conditions = {
  customerId: "acme",
  poNumber: null,
  paymentTerms: null,
  renewal: { kind: "none" },
  rollsUpUsage: false,
  pricesIncludeTax: false,
};

const agreement = (of: Contract, conditions: Partial<Conditions> = {}): Agreement => ({
  contract: of,
  productOfBound: new Map([...of.minimums, ...of.maximums].map(({ id }) => [id, "platform"])),
  conditions: { ...CONDITIONS, ...conditions },
});

const words = (agreed: Agreement, billed: Agreement): string[] =>
  differencesOf(compareAgreements(agreed, billed), agreed.contract.currency).map(({ inWords }) => inWords);

const base = contract(
  [charge("a"), charge("b", { quantity: decimal(10), price: { model: "per_unit", unitPrice: decimal("1.5") } })],
  {
    startsOn: day("2026-01-01"),
    endsBefore: day("2027-01-01"),
  },
);
const after = (...changes: AmendmentChange[]) => amended(base, amendment("2026-07-01", changes));

describe("An agreement and what is billed", () => {
  it("differ in nothing where they are the same, whatever was agreed", () => {
    fc.assert(
      fc.property(arbitraryContract, (any) => {
        expect(words(agreement(any), agreement(structuredCopy(any)))).toEqual([]);
      }),
      { numRuns: 50, seed: 2026 },
    );
  });

  it("differ in charges, each in a sentence", () => {
    expect(words(agreement(base), agreement(after(quantity("b", 12), price("a", 120))))).toEqual([
      "a, from 1 Jul 2026 to 31 Dec 2026: price 120.00 EUR monthly instead of 100.00 EUR monthly.",
      "b, from 1 Jul 2026 to 31 Dec 2026: quantity 12 instead of 10.",
    ]);
    expect(words(agreement(base), agreement(after(remove("a"), add("c"))))).toEqual([
      "a is not billed from 1 Jul 2026 to 31 Dec 2026.",
      "c is billed from 1 Jul 2026 to 31 Dec 2026: 100.00 EUR monthly.",
    ]);
    const discounted: AmendmentChange = {
      kind: "change_discounts",
      lineageId: "b",
      discounts: [percentOff("10", { id: "Launch", endsBefore: "2026-10-01" }), amountOff("5", { id: "Rebate" })],
    };
    expect(words(agreement(base), agreement(after(discounted)))).toEqual([
      "b, from 1 Jul 2026 to 31 Dec 2026: discounts 10 % (Launch) until 30 Sep 2026 and 5.00 EUR (Rebate) instead of none.",
    ]);
  });

  it("differ in a price of several parts without spelling them out", () => {
    const tiers = (unitPrice: string) =>
      ({ model: "graduated", tiers: [{ upTo: null, unitPrice: decimal(unitPrice) }] }) as const;
    const [cheap, dear] = [
      contract([charge("a", { price: tiers("1") })]),
      contract([charge("a", { price: tiers("2") })]),
    ];
    expect(words(agreement(cheap), agreement(dear))).toEqual(["a, from 1 Jan 2026: another price."]);
  });

  it("differ in the term, also where one of them has no end", () => {
    expect(words(agreement(base), agreement(after(extend("2027-07-01"))))[0]).toBe(
      "The term ends on 30 Jun 2027 instead of 31 Dec 2026.",
    );
    expect(words(agreement(base), agreement(after(extend(null))))[0]).toBe(
      "The term has no end instead of ending on 31 Dec 2026.",
    );
    expect(words(agreement(after(extend(null))), agreement(base))[0]).toBe(
      "The term ends on 31 Dec 2026 instead of having no end.",
    );
  });

  it("differ in minimums and discounts that come, go and change", () => {
    const [floor, raised] = [minimum("floor", "900"), minimum("floor", "950")];
    const one = { ...base, minimums: [floor], discounts: [contractDiscount("loyalty")] };
    const other = { ...base, minimums: [raised], discounts: [fixedDiscount("credit", "50", "quarterly")] };
    expect(words(agreement(one), agreement(other))).toEqual([
      'The minimum "floor" is 950.00 EUR monthly instead of 900.00 EUR monthly.',
      'There is no discount "loyalty" of 10 %.',
      'There is a discount "credit" of 50.00 EUR quarterly.',
    ]);
  });

  it("differ in conditions, the product of a minimum among them", () => {
    const renewal = { kind: "automatic", months: 12, noticeDays: 30, upliftPercent: percent("5") } as const;
    const billed = { ...base, lateUsage: "ignore_with_report", billedThrough: day("2026-03-31") } as const;
    expect(words(agreement(base, { renewal }), agreement(billed, { rollsUpUsage: true }))).toEqual([
      "Renewal: none instead of by 12 months, 30 days of notice, 5 % more.",
      "Usage of child customers: yes instead of no.",
      "Billed through: 2026-03-31 instead of none.",
      "Late usage: ignore with report instead of next invoice.",
    ]);
    const bound = { ...base, minimums: [minimum("floor", "900")] };
    const elsewhere = { ...agreement(bound), productOfBound: new Map([["floor", "support"]]) };
    expect(words(agreement(bound), elsewhere)).toEqual(["Products of minimums and maximums: others."]);
  });

  it("differ in a PO number only where one was agreed", () => {
    expect(words(agreement(base), agreement(base, { poNumber: "4711" }))).toEqual([]);
    expect(words(agreement(base, { poNumber: "PO-7" }), agreement(base, { poNumber: "4711" }))).toEqual([
      "PO number: 4711 instead of PO-7.",
    ]);
    expect(words(agreement(base, { poNumber: "PO-7" }), agreement(base))).toEqual(["PO number: none instead of PO-7."]);
  });
});

/** The same in other objects, as what was stored and read again is. */
const structuredCopy = (of: Contract): Contract => ({
  ...of,
  phases: of.phases.map((phase) => ({ ...phase, charges: phase.charges.map((one) => ({ ...one })) })),
});
