import { describe, expect, it } from "vitest";
import type { AmendmentChange } from "../../server/domain/contract/amendment";
import type { Contract } from "../../server/domain/contract/contract";
import { compareContracts } from "../../server/domain/contract/describe-change";
import { add, amended, amendment, cancelAt, contractDiscount, price, quantity, remove } from "./amendments-world";
import { charge, contract, day, decimal, minimum, phase } from "./billing-world";

const [a, b] = [charge("a"), charge("b")];
const base = contract([a, b], { startsOn: day("2026-01-01"), endsBefore: day("2027-01-01") });

const changes = (before: Contract, after: Contract): string[] =>
  compareContracts(before, after).charges.map(
    ({ description, startsOn, endsBefore, before: old, after: current, fields }) =>
      `${description} ${startsOn}–${endsBefore ?? ""} ${old ? "billed" : "-"} → ${current ? "billed" : "-"} ${fields.join()}`.trim(),
  );

const after = (...list: AmendmentChange[]) => amended(base, amendment("2026-03-10", list));

describe("Two contracts compared", () => {
  it("are the same with themselves, however their phases are cut and named", () => {
    const cut = contract([], {
      ...base,
      phases: [
        phase("2026-01-01", "2026-05-05", [{ ...a, id: "other" }, b]),
        phase("2026-05-05", "2027-01-01", [{ ...a, price: { ...a.price, minimum: null } }, b]),
      ],
    });
    expect(compareContracts(base, cut)).toEqual({ term: null, charges: [], minimums: [], maximums: [], discounts: [] });
  });

  it("differ in the fields of a charge on the days on which they do", () => {
    expect(changes(base, after(quantity("a", 5, "2026-05-10"), price("a", 80)))).toEqual([
      "a 2026-03-10–2026-05-10 billed → billed quantity,price",
      "a 2026-05-10–2027-01-01 billed → billed price",
    ]);
    const [change] = compareContracts(base, after(quantity("a", 5))).charges;
    expect([change?.before?.quantity, change?.after?.quantity]).toEqual([decimal(1), decimal(5)]);
  });

  it("differ in charges that come and go", () =>
    expect(changes(base, after(add("c"), remove("b")))).toEqual([
      "b 2026-03-10–2027-01-01 billed → -",
      "c 2026-03-10–2027-01-01 - → billed",
    ]));

  it("say one change where phases go through it", () => {
    const ramp = contract([], {
      ...base,
      phases: [phase("2026-01-01", "2026-07-01", [a]), phase("2026-07-01", "2027-01-01", [{ ...a, id: "a-2" }, b])],
    });
    expect(changes(ramp, amended(ramp, amendment("2026-03-10", remove("a"))))).toEqual([
      "a 2026-03-10–2027-01-01 billed → -",
    ]);
  });

  it("differ in a one-time charge on its day", () => {
    const setup = charge("setup", { price: { model: "one_time", fee: decimal(500) }, cadence: "one_time" });
    const added: AmendmentChange = { kind: "add_charge", charge: setup, endsBefore: null };
    expect(changes(base, after(added))).toEqual(["setup 2026-03-10–2026-03-11 - → billed"]);
  });

  it("differ in term, minimums, maximums and discounts", () => {
    const bounded = contract([a], { minimums: [minimum("m", "5")], discounts: [contractDiscount("d")] });
    const ended = amended(
      bounded,
      amendment("2026-03-10", { kind: "end_bound", boundId: "m" }),
      amendment("2026-03-10", { kind: "add_bound", bound: "maximum", terms: minimum("most", "9") }, { id: "a2" }),
      amendment("2026-04-10", { kind: "end_discount", discountId: "d" }, { id: "a3" }),
      amendment("2026-06-01", cancelAt(), { id: "a4" }),
    );
    const { term, minimums, maximums, discounts } = compareContracts(bounded, ended);
    expect(term).toEqual({
      before: { startsOn: "2026-01-01", endsBefore: null },
      after: { startsOn: "2026-01-01", endsBefore: "2026-06-01" },
    });
    expect(minimums.map((change) => [change.id, change.before?.endsBefore, change.after?.endsBefore])).toEqual([
      ["m", null, "2026-03-10"],
    ]);
    expect(maximums.map((change) => [change.description, change.before, change.after?.startsOn])).toEqual([
      ["most", null, "2026-03-10"],
    ]);
    expect(discounts.map((change) => [change.id, change.after?.endsBefore])).toEqual([["d", "2026-04-10"]]);
  });
});
