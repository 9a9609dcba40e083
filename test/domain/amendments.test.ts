import { describe, expect, it, test } from "vitest";
import type { Amendment, AmendmentChange } from "../../server/domain/contract/amendment";
import { amendContract } from "../../server/domain/contract/apply-amendments";
import type { Contract } from "../../server/domain/contract/contract";
import {
  add,
  amended,
  amendment,
  billed,
  cancelAt,
  contractDiscount,
  extend,
  flat,
  idsBilled,
  price,
  quantity,
  refusals,
  remove,
  resume,
} from "./amendments-world";
import { amountOff, charge, contract, day, decimal, minimum, percentOff, phase } from "./billing-world";

const setup = charge("setup", {
  price: { model: "one_time", fee: decimal(500) },
  cadence: "one_time",
  timing: "in_advance",
});
const inAdvance = charge("advance", { timing: "in_advance" });
const inArrears = charge("arrears");
const annual = charge("annual", { timing: "in_advance", cadence: "annual" });
const year2026 = { startsOn: day("2026-01-01"), endsBefore: day("2027-01-01") };

describe("A change of a charge", () => {
  it("holds from its day to the end of the term, over the phases that follow", () => {
    const base = contract([], {
      ...year2026,
      phases: [
        phase("2026-01-01", "2026-07-01", [charge("seat", { id: "s1" }), charge("other")]),
        phase("2026-07-01", "2027-01-01", [charge("seat", { id: "s2", price: flat(120) }), charge("other")]),
      ],
    });
    const after = amended(base, amendment("2026-03-10", quantity("seat", 5)));
    expect(billed(after, "seat")).toEqual([
      "seat 2026-01-01–2026-03-10 ×1 100",
      "seat 2026-03-10–2026-07-01 ×5 100",
      "seat 2026-07-01–2027-01-01 ×5 120",
    ]);
    expect(after.phases.map(({ id }) => id)).toEqual(["2026-01-01", "phase-2026-03-10", "2026-07-01"]);
    expect(idsBilled(after)).toEqual(["s1", "other-charge", "s1@a1", "other-charge", "s2@a1", "other-charge"]);
  });

  it("leaves another charge the very charge it was, billed without a break", () => {
    const base = contract([inAdvance, inArrears], year2026);
    const after = amended(base, amendment("2026-03-10", quantity("advance", 5)));
    expect(billed(after, "arrears")).toEqual(["arrears 2026-01-01–2027-01-01 ×1 100"]);
    expect(after.phases.map(({ charges }) => charges[1])).toEqual([inArrears, inArrears]);
    expect(after.phases[1]?.charges[1]).toBe(inArrears);
  });

  it("holds for a while where it says so, and the charge is then the one it was", () => {
    const after = amended(contract([inArrears]), amendment("2026-03-10", quantity("arrears", 5, "2026-05-10")));
    expect(billed(after)).toEqual([
      "arrears 2026-01-01–2026-03-10 ×1 100",
      "arrears 2026-03-10–2026-05-10 ×5 100",
      "arrears 2026-05-10– ×1 100",
    ]);
    expect(idsBilled(after)).toEqual(["arrears-charge", "arrears-charge@a1", "arrears-charge"]);
  });

  it("may be one of several in one amendment, each for its own days and with ids that differ", () => {
    const discounts = { kind: "change_discounts", lineageId: "arrears", discounts: [percentOff("10")] } as const;
    const changes = [quantity("arrears", 5, "2026-05-01"), { ...discounts, endsBefore: day("2026-06-01") }];
    const after = amended(contract([inArrears]), amendment("2026-03-01", changes));
    expect(billed(after)).toEqual([
      "arrears 2026-01-01–2026-03-01 ×1 100",
      "arrears 2026-03-01–2026-05-01 ×5 100",
      "arrears 2026-05-01–2026-06-01 ×1 100",
      "arrears 2026-06-01– ×1 100",
    ]);
    expect(after.phases.map(({ charges }) => charges[0]?.discounts.length)).toEqual([0, 1, 1, 0]);
    expect(new Set(idsBilled(after)).size).toBe(3);
  });

  it("replaces product, price and cadence and keeps the lineage", () => {
    const better = charge("better", { price: flat(900), cadence: "quarterly" });
    const change = { kind: "replace_charge", lineageId: "arrears", charge: better } as const;
    const after = amended(contract([inArrears]), amendment("2026-02-15", change));
    expect(billed(after)).toEqual(["arrears 2026-01-01–2026-02-15 ×1 100", "arrears 2026-02-15– ×1 900"]);
    expect(after.phases[1]?.charges[0]).toEqual({ ...better, lineageId: "arrears", id: "arrears-charge@a1" });
  });

  it("to a one-time charge bills it once, whatever phases follow", () => {
    const base = contract([], {
      phases: [phase("2026-01-01", "2026-07-01", [inArrears]), phase("2026-07-01", null, [inArrears])],
    });
    const change = { kind: "replace_charge", lineageId: "arrears", charge: setup } as const;
    const after = amended(base, amendment("2026-02-15", change));
    expect(billed(after)).toEqual(["arrears 2026-01-01–2026-02-15 ×1 100", "arrears 2026-02-15 ×1"]);
  });

  it("to the terms it has changes nothing", () => {
    const base = contract([inArrears], year2026);
    expect(amended(base, amendment("2026-03-10", quantity("arrears", 1)))).toEqual(base);
  });

  test.each([
    ["on the first day", "2026-01-01", ["arrears 2026-01-01–2027-01-01 ×5 100"]],
    ["on the last day", "2026-12-31", ["arrears 2026-01-01–2026-12-31 ×1 100", "arrears 2026-12-31–2027-01-01 ×5 100"]],
  ])("counts %s", (_case, on, expected) => {
    const after = amended(contract([inArrears], year2026), amendment(on, quantity("arrears", 5)));
    expect(billed(after)).toEqual(expected);
  });

  test.each(["2025-12-31", "2027-01-01"])("on %s, outside the term, is refused", (on) =>
    expect(refusals(contract([inArrears], year2026), amendment(on, [quantity("arrears", 5), add("b")]))).toEqual([
      "AMENDMENT_OUTSIDE_TERM amendments.0.effectiveOn",
    ]),
  );

  test.each<[string, string, AmendmentChange]>([
    ["of a charge that is not there", "LINEAGE_UNKNOWN amendments.0.changes.0.lineageId", quantity("other", 5)],
    ["of a charge that begins later", "LINEAGE_UNKNOWN amendments.0.changes.0.lineageId", remove("later")],
    [
      "that ends on its first day",
      "CHANGE_ENDS_BEFORE_IT_STARTS amendments.0.changes.0.endsBefore",
      quantity("arrears", 5, "2026-03-10"),
    ],
    [
      "that ends after the term",
      "AMENDMENT_OUTSIDE_TERM amendments.0.changes.0.endsBefore",
      quantity("arrears", 5, "2027-01-02"),
    ],
  ])("%s is refused", (_case, expected, change) => {
    const base = contract([], {
      ...year2026,
      phases: [
        phase("2026-01-01", "2026-07-01", [inArrears]),
        phase("2026-07-01", "2027-01-01", [inArrears, charge("later")]),
      ],
    });
    expect(refusals(base, amendment("2026-03-10", change))).toEqual([expected]);
  });

  it("to terms that cannot be billed is refused with the place in the contract that would come out", () =>
    expect(refusals(contract([inArrears]), amendment("2026-03-10", quantity("arrears", -1)))).toEqual([
      "QUANTITY_NEGATIVE phases.1.charges.0.quantity",
    ]));
});

describe("Adding and removing", () => {
  it("adds from the day to the end of the term, or before a day", () => {
    const after = amended(contract([inArrears], year2026), amendment("2026-03-10", [add("b"), add("c", "2026-06-01")]));
    expect(after.phases.map(({ startsOn, charges }) => [startsOn, ...charges.map((c) => c.lineageId)])).toEqual([
      ["2026-01-01", "arrears"],
      ["2026-03-10", "arrears", "b", "c"],
      ["2026-06-01", "arrears", "b"],
    ]);
  });

  it("adds a one-time charge that is billed on its day alone", () => {
    const change: AmendmentChange = { kind: "add_charge", charge: setup, endsBefore: null };
    const after = amended(
      contract([inArrears]),
      amendment("2026-03-10", change),
      amendment("2026-04-20", quantity("arrears", 2), { id: "a2" }),
    );
    expect(billed(after, "setup")).toEqual(["setup 2026-03-10 ×1"]);
  });

  it("removes a charge and leaves days without charges a phase of their own", () => {
    const after = amended(contract([inArrears], year2026), amendment("2026-03-10", remove("arrears")));
    expect(after.phases).toEqual([
      { ...phase("2026-01-01", "2026-03-10", [inArrears]), id: "phase" },
      { ...phase("2026-03-10", "2027-01-01", []), id: "phase-2026-03-10" },
    ]);
  });

  it("removes a one-time charge on its day and not after it", () => {
    const base = contract([setup, inArrears]);
    expect(billed(amended(base, amendment("2026-01-01", remove("setup"))))).toEqual(["arrears 2026-01-01– ×1 100"]);
    expect(refusals(base, amendment("2026-01-02", remove("setup")))).toEqual([
      "LINEAGE_UNKNOWN amendments.0.changes.0.lineageId",
    ]);
  });

  it("refuses a lineage that is billed on any of the days", () => {
    const base = contract([inArrears], year2026);
    const expected = ["LINEAGE_ALREADY_BILLED amendments.0.changes.0.charge.lineageId"];
    expect(refusals(base, amendment("2026-03-10", add("arrears")))).toEqual(expected);
    const leaving = amendment("2026-03-10", remove("arrears"));
    expect(refusals(base, leaving, amendment("2026-03-10", add("arrears"), { id: "a2" }))).toEqual([]);
    expect(refusals(base, amendment("2026-03-10", add("arrears"), { id: "a2" }), leaving)).toEqual(expected);
  });

  it("fills the gap that a removed charge left, and not a day more", () => {
    const base = contract([], {
      ...year2026,
      phases: [
        phase("2026-01-01", "2026-03-01", [inArrears]),
        phase("2026-03-01", "2026-06-01", []),
        phase("2026-06-01", "2027-01-01", [inArrears]),
      ],
    });
    expect(billed(amended(base, amendment("2026-03-15", add("arrears", "2026-06-01"))))).toEqual([
      "arrears 2026-01-01–2026-03-01 ×1 100",
      "arrears 2026-03-15–2027-01-01 ×1 100",
    ]);
    expect(refusals(base, amendment("2026-03-15", add("arrears", "2026-06-02")))).toEqual([
      "LINEAGE_ALREADY_BILLED amendments.0.changes.0.charge.lineageId",
    ]);
  });
});

describe("Unused time that is kept", () => {
  const keep = { unusedTime: "keep" } as const;

  it("lets what is billed in advance change with its next full period, each charge by its own", () => {
    const changes = [quantity("advance", 5), quantity("arrears", 5), quantity("annual", 5)];
    const after = amended(contract([inAdvance, inArrears, annual]), amendment("2026-03-10", changes, keep));
    expect(billed(after)).toEqual([
      "advance 2026-01-01–2026-04-01 ×1 100",
      "advance 2026-04-01– ×5 100",
      "arrears 2026-01-01–2026-03-10 ×1 100",
      "arrears 2026-03-10– ×5 100",
      "annual 2026-01-01–2027-01-01 ×1 100",
      "annual 2027-01-01– ×5 100",
    ]);
  });

  test.each([
    ["before a boundary", "2026-03-31", "2026-04-01"],
    ["on a boundary", "2026-04-01", "2026-04-01"],
    ["after a boundary", "2026-04-02", "2026-05-01"],
  ])("changes %s, on the boundary", (_case, on, expected) => {
    const after = amended(contract([inAdvance]), amendment(on, remove("advance"), keep));
    expect(billed(after)).toEqual([`advance 2026-01-01–${expected} ×1 100`]);
  });

  it("knows boundaries of an anchor on the 31st", () => {
    const base = contract([inAdvance], { startsOn: day("2026-01-31"), anchorOn: day("2026-01-31") });
    expect(billed(amended(base, amendment("2026-02-10", remove("advance"), keep)))).toEqual([
      "advance 2026-01-31–2026-02-28 ×1 100",
    ]);
    expect(billed(amended(base, amendment("2026-03-01", remove("advance"), keep)))).toEqual([
      "advance 2026-01-31–2026-03-31 ×1 100",
    ]);
  });

  it("moves both ends of a change that holds for a while", () => {
    const base = contract([inAdvance]);
    expect(billed(amended(base, amendment("2026-03-10", quantity("advance", 5, "2026-05-10"), keep)))).toEqual([
      "advance 2026-01-01–2026-04-01 ×1 100",
      "advance 2026-04-01–2026-06-01 ×5 100",
      "advance 2026-06-01– ×1 100",
    ]);
    expect(refusals(base, amendment("2026-03-10", quantity("advance", 5, "2026-03-20"), keep))).toEqual([
      "CHANGE_ENDS_BEFORE_IT_STARTS amendments.0.changes.0.endsBefore",
    ]);
  });

  it("gives nothing back within the period even where a later phase brings another price", () => {
    const base = contract([], {
      phases: [
        phase("2026-01-01", "2026-03-20", [inAdvance]),
        phase("2026-03-20", null, [{ ...inAdvance, id: "raised", price: flat(120) }]),
      ],
    });
    expect(billed(amended(base, amendment("2026-03-10", remove("advance"), keep)))).toEqual([
      "advance 2026-01-01–2026-03-20 ×1 100",
      "advance 2026-03-20–2026-04-01 ×1 120",
    ]);
  });

  it("lets a downgrade wait for the renewal", () => {
    const base = contract([annual], year2026);
    const downgrade = amendment("2026-05-05", quantity("annual", 3), keep);
    expect(billed(amended(base, downgrade))).toEqual(["annual 2026-01-01–2027-01-01 ×1 100"]);
    const renewal = amendment("2027-01-01", extend("2028-01-01"), { id: "a2" });
    expect(billed(amended(base, downgrade, renewal))).toEqual([
      "annual 2026-01-01–2027-01-01 ×1 100",
      "annual 2027-01-01–2028-01-01 ×3 100",
    ]);
    const result = amendContract(base, [downgrade]);
    expect(result.ok && result.value.continuing.map(({ id }) => id)).toEqual(["annual-charge@a1"]);
  });

  it("refuses a change of a charge that runs out before", () => {
    const base = contract([inArrears], year2026);
    const adding: AmendmentChange = { kind: "add_charge", charge: inAdvance, endsBefore: day("2026-03-20") };
    expect(
      refusals(
        base,
        amendment("2026-03-10", adding),
        amendment("2026-03-12", quantity("advance", 5), { ...keep, id: "a2" }),
      ),
    ).toEqual(["CHANGE_ENDS_BEFORE_IT_STARTS amendments.1.changes.0.lineageId"]);
  });
});

describe("Several amendments", () => {
  it("apply in the order of their days, then as recorded", () => {
    const base = contract([inArrears]);
    const late = amendment("2026-06-01", price("arrears", 200), { id: "late" });
    const early = amendment("2026-03-01", quantity("arrears", 5), { id: "early" });
    const again = amendment("2026-03-01", quantity("arrears", 6), { id: "again" });
    expect(billed(amended(base, late, early, again))).toEqual([
      "arrears 2026-01-01–2026-03-01 ×1 100",
      "arrears 2026-03-01–2026-06-01 ×6 100",
      "arrears 2026-06-01– ×6 200",
    ]);
  });

  it("may fall into one period", () => {
    const after = amended(
      contract([inAdvance]),
      amendment("2026-03-05", quantity("advance", 2)),
      amendment("2026-03-20", quantity("advance", 3), { id: "a2" }),
      amendment("2026-03-20", price("advance", 90), { id: "a3" }),
    );
    expect(billed(after)).toEqual([
      "advance 2026-01-01–2026-03-05 ×1 100",
      "advance 2026-03-05–2026-03-20 ×2 100",
      "advance 2026-03-20– ×3 90",
    ]);
    expect(idsBilled(after)).toEqual(["advance-charge", "advance-charge@a1", "advance-charge@a1@a2@a3"]);
  });

  it("are all refused with their place as recorded", () =>
    expect(
      refusals(
        contract([inArrears]),
        amendment("2026-06-01", [quantity("arrears", 2), remove("x")]),
        amendment("2026-03-01", resume, { id: "a2" }),
      ),
    ).toEqual(["NOT_CANCELLED amendments.1.changes.0", "LINEAGE_UNKNOWN amendments.0.changes.1.lineageId"]));
});

describe("Minimums, maximums and discounts", () => {
  const commitment = minimum("commitment", "500");
  const forIt = contractDiscount("reward", { kind: "commitment", boundId: "commitment" });

  it("begin with the amendment unless they say later", () => {
    const later = minimum("later", "900", { startsOn: day("2026-06-01") });
    const after = amended(
      contract([inArrears], year2026),
      amendment("2026-03-10", [
        { kind: "add_bound", bound: "minimum", terms: commitment },
        { kind: "add_bound", bound: "maximum", terms: later },
        { kind: "add_discount", discount: forIt },
      ]),
    );
    expect(after.minimums).toEqual([{ ...commitment, startsOn: "2026-03-10" }]);
    expect(after.maximums).toEqual([later]);
    expect(after.discounts).toEqual([{ ...forIt, startsOn: "2026-03-10" }]);
  });

  it("end with the day, and are gone where they had not begun", () => {
    const base = contract([inArrears], { minimums: [commitment], discounts: [forIt] });
    const ended = amended(base, amendment("2026-03-10", { kind: "end_bound", boundId: "commitment" }));
    expect(ended.minimums).toEqual([{ ...commitment, endsBefore: "2026-03-10" }]);
    expect(ended.discounts).toEqual([forIt]);
    const never = amended(base, amendment("2026-01-01", { kind: "end_bound", boundId: "commitment" }));
    expect([never.minimums, never.discounts]).toEqual([[], []]);
    const without = amended(base, amendment("2026-03-10", { kind: "end_discount", discountId: "reward" }));
    expect(without.discounts).toEqual([{ ...forIt, endsBefore: "2026-03-10" }]);
  });

  test.each<[string, string, AmendmentChange]>([
    ["an unknown bound", "BOUND_UNKNOWN amendments.0.changes.0.boundId", { kind: "end_bound", boundId: "x" }],
    ["a bound that has ended", "BOUND_UNKNOWN amendments.0.changes.0.boundId", { kind: "end_bound", boundId: "ended" }],
    [
      "an unknown discount",
      "DISCOUNT_UNKNOWN amendments.0.changes.0.discountId",
      { kind: "end_discount", discountId: "x" },
    ],
    [
      "a minimum from before the amendment",
      "CHANGE_STARTS_BEFORE_AMENDMENT amendments.0.changes.0.terms.startsOn",
      { kind: "add_bound", bound: "minimum", terms: minimum("m", "1", { startsOn: day("2026-03-09") }) },
    ],
    [
      "a discount that ends at once",
      "CHANGE_ENDS_BEFORE_IT_STARTS amendments.0.changes.0.discount.endsBefore",
      { kind: "add_discount", discount: { ...contractDiscount("d"), endsBefore: day("2026-03-10") } },
    ],
    [
      "an id that is taken",
      "BOUND_TWICE minimums.1.id",
      { kind: "add_bound", bound: "minimum", terms: minimum("ended", "1") },
    ],
  ])("%s is refused", (_case, expected, change) => {
    const ended = minimum("ended", "100", { endsBefore: day("2026-03-10") });
    expect(refusals(contract([inArrears], { minimums: [ended] }), amendment("2026-03-10", change))).toEqual([expected]);
  });
});

describe("An extension", () => {
  it("lets the charges of the last phase run on, and what ends with the term end with the new one", () => {
    const base = contract([], {
      ...year2026,
      phases: [
        phase("2026-01-01", "2026-07-01", [charge("first"), inArrears]),
        phase("2026-07-01", "2027-01-01", [inArrears]),
      ],
      minimums: [
        minimum("ends", "1", { cadence: "term", startsOn: day("2026-01-01"), endsBefore: day("2027-01-01") }),
        minimum("ended", "2", { endsBefore: day("2026-07-01") }),
        minimum("contract", "3"),
      ],
    });
    const after = amended(base, amendment("2026-11-01", extend("2027-04-01")));
    expect(after.endsBefore).toBe("2027-04-01");
    expect(billed(after)).toEqual(["first 2026-01-01–2026-07-01 ×1 100", "arrears 2026-01-01–2027-04-01 ×1 100"]);
    expect(after.minimums.map(({ endsBefore }) => endsBefore)).toEqual(["2027-01-01", "2026-07-01", null]);
  });

  it("may be until further notice, and effective on the old end together with new prices", () => {
    const after = amended(
      contract([inArrears], year2026),
      amendment("2027-01-01", [extend(null), price("arrears", 105)]),
    );
    expect(after.endsBefore).toBeNull();
    expect(billed(after)).toEqual(["arrears 2026-01-01–2027-01-01 ×1 100", "arrears 2027-01-01– ×1 105"]);
  });

  it("does not bill a one-time charge again", () => {
    const after = amended(contract([setup, inArrears], year2026), amendment("2026-11-01", extend("2028-01-01")));
    expect(billed(after, "setup")).toEqual(["setup 2026-01-01 ×1"]);
  });

  test.each<[string, Contract, Amendment, string]>([
    [
      "to the end it has",
      contract([inArrears], year2026),
      amendment("2026-11-01", extend("2027-01-01")),
      "EXTENSION_NOT_LATER amendments.0.changes.0.endsBefore",
    ],
    [
      "of a contract without end",
      contract([inArrears]),
      amendment("2026-11-01", extend(null)),
      "EXTENSION_NOT_LATER amendments.0.changes.0.endsBefore",
    ],
    [
      "after days without a contract",
      contract([inArrears], year2026),
      amendment("2027-01-02", extend("2028-01-01")),
      "AMENDMENT_OUTSIDE_TERM amendments.0.effectiveOn",
    ],
  ])("%s is refused", (_case, base, given, expected) => expect(refusals(base, given)).toEqual([expected]));
});

describe("A cancellation", () => {
  const base = contract([setup, inAdvance, inArrears, annual]);

  it("at a date with credit ends everything on the day", () => {
    const after = amended(base, amendment("2026-03-10", cancelAt()));
    expect(after.endsBefore).toBe("2026-03-10");
    expect(billed(after)).toEqual([
      "setup 2026-01-01 ×1",
      "advance 2026-01-01–2026-03-10 ×1 100",
      "arrears 2026-01-01–2026-03-10 ×1 100",
      "annual 2026-01-01–2026-03-10 ×1 100",
    ]);
  });

  it("that keeps unused time lets what is billed in advance run to the end of its full period", () => {
    const after = amended(base, amendment("2026-03-10", cancelAt(), { unusedTime: "keep" }));
    expect(after.endsBefore).toBe("2027-01-01");
    expect(billed(after)).toEqual([
      "setup 2026-01-01 ×1",
      "advance 2026-01-01–2026-04-01 ×1 100",
      "arrears 2026-01-01–2026-03-10 ×1 100",
      "annual 2026-01-01–2027-01-01 ×1 100",
    ]);
  });

  it("at period end lets every charge run to the end of its full period", () => {
    const after = amended(contract([inAdvance, inArrears]), amendment("2026-03-10", cancelAt("period_end")));
    expect(billed(after)).toEqual(["advance 2026-01-01–2026-04-01 ×1 100", "arrears 2026-01-01–2026-04-01 ×1 100"]);
    expect(after.endsBefore).toBe("2026-04-01");
  });

  it("at period end on a boundary ends on the day", () =>
    expect(amended(contract([inArrears]), amendment("2026-04-01", cancelAt("period_end"))).endsBefore).toBe(
      "2026-04-01",
    ));

  it("never goes beyond the end of the term", () => {
    const short = contract([annual], { startsOn: day("2026-01-01"), endsBefore: day("2026-10-01") });
    expect(amended(short, amendment("2026-03-10", cancelAt("period_end"))).endsBefore).toBe("2026-10-01");
  });

  it("takes back a one-time charge of its day and of later ones", () => {
    const later = contract([], {
      phases: [phase("2026-01-01", "2026-03-10", [inArrears]), phase("2026-03-10", null, [inArrears, setup])],
    });
    expect(billed(amended(later, amendment("2026-03-10", cancelAt())), "setup")).toEqual([]);
    expect(billed(amended(later, amendment("2026-03-05", cancelAt("period_end"))), "setup")).toEqual([]);
    expect(billed(amended(later, amendment("2026-03-11", cancelAt())), "setup")).toEqual(["setup 2026-03-10 ×1"]);
  });

  it("ends bounds and discounts with the last charge they concern, or with the contract", () => {
    const bounded = contract([inAdvance, inArrears], {
      minimums: [
        minimum("all", "1"),
        minimum("arrears", "2", { lineageIds: ["arrears"] }),
        minimum("both", "3", { lineageIds: ["arrears", "advance"], endsBefore: day("2027-01-01") }),
        minimum("later", "4", { startsOn: day("2026-06-01") }),
      ],
      discounts: [
        contractDiscount("invoice"),
        contractDiscount("group", { kind: "group", lineageIds: ["arrears"] }),
        contractDiscount("reward", { kind: "commitment", boundId: "later" }),
      ],
    });
    const after = amended(bounded, amendment("2026-03-10", cancelAt(), { unusedTime: "keep" }));
    const ends = (items: readonly { id: string; endsBefore: string | null }[]) =>
      items.map(({ id, endsBefore }) => `${id} ${endsBefore}`);
    expect(ends(after.minimums)).toEqual(["all null", "arrears 2026-03-10", "both 2026-04-01"]);
    expect(ends(after.discounts)).toEqual(["invoice null", "group 2026-03-10"]);
  });

  it("leaves out of bounds the charges that no longer begin", () => {
    const ramp = contract([], {
      phases: [phase("2026-01-01", "2026-07-01", [inArrears]), phase("2026-07-01", null, [inArrears, charge("b")])],
      minimums: [minimum("m", "1", { lineageIds: ["arrears", "b"] }), minimum("b", "1", { lineageIds: ["b"] })],
    });
    const after = amended(ramp, amendment("2026-03-10", cancelAt()));
    expect(after.minimums).toEqual([minimum("m", "1", { lineageIds: ["arrears"] })]);
  });

  it("of the first day leaves no contract and is refused", () =>
    expect(refusals(contract([inArrears]), amendment("2026-01-01", cancelAt()))).toEqual([
      "TERM_WITHOUT_DAYS endsBefore",
    ]));

  it("allows changes of what still runs, and none after the end", () => {
    const ending = amendment("2026-03-10", cancelAt("period_end"));
    const monthly = contract([inArrears]);
    expect(billed(amended(monthly, ending, amendment("2026-03-20", quantity("arrears", 2), { id: "a2" })))).toEqual([
      "arrears 2026-01-01–2026-03-20 ×1 100",
      "arrears 2026-03-20–2026-04-01 ×2 100",
    ]);
    expect(refusals(monthly, ending, amendment("2026-04-01", quantity("arrears", 2), { id: "a2" }))).toEqual([
      "CONTRACT_CANCELLED amendments.1.changes.0",
    ]);
    expect(refusals(monthly, ending, amendment("2026-03-20", extend("2027-01-01"), { id: "a2" }))).toEqual([
      "CONTRACT_CANCELLED amendments.1.changes.0",
    ]);
  });
});

describe("A resumption", () => {
  const bounded = contract([setup, inAdvance, inArrears], {
    ...year2026,
    minimums: [
      minimum("monthly", "500"),
      minimum("once", "9000", { cadence: "term", startsOn: day("2026-01-01"), endsBefore: day("2027-01-01") }),
    ],
    discounts: [contractDiscount("reward", { kind: "commitment", boundId: "monthly" })],
  });
  const ending = amendment("2026-03-10", cancelAt(), { id: "cancel" });

  it.each(["date", "period_end"] as const)("on the day of the cancellation (%s) leaves nothing of it", (at) => {
    const both = [
      amendment("2026-03-10", cancelAt(at), { unusedTime: "keep" }),
      amendment("2026-03-10", resume, { id: "a2" }),
    ];
    expect(amended(bounded, ...both)).toEqual(bounded);
  });

  it("leaves the days between without charges, and bounds that owe nothing for them", () => {
    const after = amended(bounded, ending, amendment("2026-05-01", resume, { id: "back" }));
    expect(after.endsBefore).toBe("2027-01-01");
    expect(
      after.phases.map(({ startsOn, charges }) => [startsOn, ...charges.map(({ lineageId }) => lineageId)]),
    ).toEqual([["2026-01-01", "setup", "advance", "arrears"], ["2026-03-10"], ["2026-05-01", "advance", "arrears"]]);
    expect(after.minimums.map(({ id, startsOn, endsBefore }) => [id, startsOn, endsBefore])).toEqual([
      ["monthly", null, "2026-03-10"],
      ["monthly@back", "2026-05-01", null],
      ["once", "2026-01-01", "2027-01-01"],
    ]);
    expect(after.discounts.map(({ id, scope }) => [id, scope])).toEqual([
      ["reward", { kind: "commitment", boundId: "monthly" }],
      ["reward@back", { kind: "commitment", boundId: "monthly@back" }],
    ]);
  });

  it("within the time that was kept bills in advance without a break", () => {
    const after = amended(
      bounded,
      amendment("2026-03-10", cancelAt(), { unusedTime: "keep" }),
      amendment("2026-03-20", resume, { id: "back" }),
    );
    expect(billed(after)).toEqual([
      "setup 2026-01-01 ×1",
      "advance 2026-01-01–2027-01-01 ×1 100",
      "arrears 2026-01-01–2026-03-10 ×1 100",
      "arrears 2026-03-20–2027-01-01 ×1 100",
    ]);
  });

  it("brings back what was changed between cancellation and end", () => {
    const after = amended(
      contract([inArrears]),
      amendment("2026-03-10", cancelAt("period_end")),
      amendment("2026-03-20", [quantity("arrears", 2), add("b")], { id: "a2" }),
      amendment("2026-06-01", resume, { id: "a3" }),
    );
    expect(billed(after)).toEqual([
      "arrears 2026-01-01–2026-03-20 ×1 100",
      "arrears 2026-03-20–2026-04-01 ×2 100",
      "arrears 2026-06-01– ×2 100",
      "b 2026-03-20–2026-04-01 ×1 100",
      "b 2026-06-01– ×1 100",
    ]);
  });

  it("takes back the last cancellation alone", () => {
    const after = amended(
      contract([inArrears]),
      amendment("2026-03-10", cancelAt("period_end"), { id: "a1" }),
      amendment("2026-03-20", cancelAt(), { id: "a2" }),
      amendment("2026-03-25", resume, { id: "a3" }),
    );
    expect(after.endsBefore).toBe("2026-04-01");
    expect(billed(after)).toEqual(["arrears 2026-01-01–2026-03-20 ×1 100", "arrears 2026-03-25–2026-04-01 ×1 100"]);
  });

  it("does not bill a one-time charge that lay in the days between", () => {
    const later = contract([], {
      phases: [phase("2026-01-01", "2026-04-01", [inArrears]), phase("2026-04-01", null, [inArrears, setup])],
    });
    const after = amended(later, ending, amendment("2026-05-01", resume, { id: "back" }));
    expect(billed(after, "setup")).toEqual([]);
    const sooner = amended(later, ending, amendment("2026-03-20", resume, { id: "back" }));
    expect(billed(sooner, "setup")).toEqual(["setup 2026-04-01 ×1"]);
  });

  it("after the end that the contract had, or without a cancellation, is refused", () => {
    expect(refusals(bounded, ending, amendment("2027-01-01", resume, { id: "back" }))).toEqual([
      "AMENDMENT_OUTSIDE_TERM amendments.1.effectiveOn",
    ]);
    expect(refusals(bounded, amendment("2026-05-01", resume))).toEqual(["NOT_CANCELLED amendments.0.changes.0"]);
  });

  it("says whether the contract is cancelled", () => {
    const isCancelled = (...amendments: Amendment[]) => {
      const result = amendContract(bounded, amendments);
      return result.ok && result.value.isCancelled;
    };
    expect(isCancelled(ending)).toBe(true);
    expect(isCancelled(ending, amendment("2026-05-01", resume, { id: "back" }))).toBe(false);
  });
});

test("Discounts given to a charge replace all that it had", () => {
  const base = contract([charge("a", { discounts: [amountOff("5")] })]);
  const change: AmendmentChange = { kind: "change_discounts", lineageId: "a", discounts: [percentOff("10")] };
  const after = amended(base, amendment("2026-03-01", change));
  expect(after.phases.map(({ charges }) => charges[0]?.discounts)).toEqual([[amountOff("5")], [percentOff("10")]]);
});
