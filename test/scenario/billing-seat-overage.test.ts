import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../testkit/api";
import { type PriceRef, type Story, tellStory } from "./billing-kit";

/** A fee every two months, and seats that are paid by the year while those above settle each month. */
let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

type Agreement = Awaited<ReturnType<Story["contract"]>>;

const seatPrice = (strategy: string, unitPrice: string, cadence: string) => ({
  cadence,
  terms: { seat: { strategy, overageCadence: "MONTHLY", perUnit: { unitPrice } } },
});

describe("a fee every two months and ten seats at 365.00 a year", () => {
  let story: Story;
  let contract: Agreement;
  let seats: PriceRef;
  beforeAll(async () => {
    story = await tellStory(api, { now: "2027-01-01T12:00:00Z" });
    const fee = await story.price(await story.product("PLATFORM", "Platform"), "Platform", "IN_ADVANCE", {
      cadence: "CUSTOM",
      cadenceMonths: 2,
      terms: { flat: { fee: "300.00" } },
    });
    const seatsId = await story.product("SEATS", "Seats");
    seats = await story.price(seatsId, "Seats", "IN_ADVANCE", seatPrice("PRORATE_ALL_CHANGES", "365.00", "ANNUAL"));
    contract = await story.contract(await story.customer("Acme Ltd"), {
      startsOn: "2027-01-01",
      charges: [{ priceId: fee.id }, { priceId: seats.id, quantity: "10" }],
    });
  });

  it("bills two months and a year on the first day", async () => {
    expect(await story.bill("2027-01-01")).toEqual([
      {
        billsOn: "2027-01-01",
        net: "3950.00",
        lines: ["CHARGE Platform (2027-01-01 to 2027-02-28) 300.00", "CHARGE Seats (2027-01-01 to 2027-12-31) 3650.00"],
      },
    ]);
  });

  it("bills no overage for a month without any", async () => {
    expect(await story.bill("2027-02-01")).toEqual([]);
  });

  it("bills overage by the month, in whatever order the changes are recorded", async () => {
    await story.clock("2027-02-25");
    await contract.seats(seats.lineageId, "2027-02-11", 14);
    // Told late: two more had come on 22 January, which so far nothing was billed for.
    await contract.seats(seats.lineageId, "2027-01-22", 12);
    // A seat is 1.00 a day. January 2 × 10 days; February 2 × 10 days and 4 × 18 days.
    expect(await story.bill("2027-03-01")).toEqual([
      {
        billsOn: "2027-02-01",
        net: "20.00",
        lines: ["OVERAGE Seats: changes in the period (2027-01-01 to 2027-01-31) 20.00"],
      },
      {
        billsOn: "2027-03-01",
        net: "392.00",
        lines: [
          "CHARGE Platform (2027-03-01 to 2027-04-30) 300.00",
          "OVERAGE Seats: changes in the period (2027-02-01 to 2027-02-28) 92.00",
        ],
      },
    ]);
  });

  it("gives nothing back below the seats that were agreed", async () => {
    await story.clock("2027-03-16");
    await contract.seats(seats.lineageId, "2027-03-16", 8);
    // 14 seats for 15 days, then 10.
    expect(await story.bill("2027-04-01")).toEqual([
      {
        billsOn: "2027-04-01",
        net: "60.00",
        lines: ["OVERAGE Seats: changes in the period (2027-03-01 to 2027-03-31) 60.00"],
      },
    ]);
  });

  it("corrects months that are issued when their seats are told otherwise", async () => {
    await story.clock("2027-04-06");
    await contract.seats(seats.lineageId, "2027-03-06", 20);
    await contract.seats(seats.lineageId, "2027-02-11", 13);
    // February 2 × 10 and 3 × 18 days, 74.00 in place of 92.00; March 3 × 5 and 10 × 10 days, 115.00 in place of 60.00.
    // Both wait for the fee of May.
    expect(await story.bill("2027-05-01")).toEqual([
      {
        billsOn: "2027-05-01",
        net: "337.00",
        lines: [
          "CHARGE Platform (2027-05-01 to 2027-06-30) 300.00",
          "ADJUSTMENT Adjustment for 1–28 Feb 2027: Seats: changes in the period (2027-02-01 to 2027-02-28) -18.00",
          "ADJUSTMENT Adjustment for 1–31 Mar 2027: Seats: changes in the period (2027-03-01 to 2027-03-31) 55.00",
        ],
      },
    ]);
  });

  it("begins the next year with the seats of its first day", async () => {
    await story.clock("2027-12-20");
    await contract.seats(seats.lineageId, "2027-12-31", 11);
    const billed = await story.bill("2028-01-01");
    expect(billed.map(({ billsOn, net }) => [billsOn, net])).toEqual([
      ["2027-07-01", "300.00"],
      ["2027-09-01", "300.00"],
      ["2027-11-01", "300.00"],
      ["2028-01-01", "4316.00"],
    ]);
    // 11 seats: one is above ten on the last day of December, and a year's price is paid for all from January.
    expect(billed.at(-1)?.lines).toEqual([
      "CHARGE Platform (2028-01-01 to 2028-02-29) 300.00",
      "OVERAGE Seats: changes in the period (2027-12-01 to 2027-12-31) 1.00",
      "CHARGE Seats (2028-01-01 to 2028-12-31) 4015.00",
    ]);
  });
});

describe.each([
  // 5 seats from 10 February, 3 from the 20th, 4 from 10 March; 2 were agreed, at 90.00 for the 90 days to 31 March.
  // Most at once: three more for the whole quarter, known in February.
  ["USE_MAXIMUM", [["2027-03-01", "270.00"]]],
  // Never fewer than there were: 3 × 50 days, of which 19 in February and 31 in March.
  [
    "PRORATE_INCREMENTS",
    [
      ["2027-03-01", "57.00"],
      ["2027-04-01", "93.00"],
    ],
  ],
  // As it was: 3 × 10 and 1 × 9 days; 1 × 9 and 2 × 22 days.
  [
    "PRORATE_ALL_CHANGES",
    [
      ["2027-03-01", "39.00"],
      ["2027-04-01", "53.00"],
    ],
  ],
])("two seats by the quarter, those above by %s", (strategy, overages) => {
  it("settles each month what the quarter costs by what is known", async () => {
    const story = await tellStory(api, { now: "2027-01-01T12:00:00Z" });
    const seatsId = await story.product("SEATS", "Seats");
    const seats = await story.price(seatsId, "Seats", "IN_ADVANCE", seatPrice(strategy, "90.00", "QUARTERLY"));
    const contract = await story.contract(await story.customer("Acme Ltd"), {
      startsOn: "2027-01-01",
      endsBefore: "2027-04-01",
      charges: [{ priceId: seats.id, quantity: "2" }],
    });
    const billed = [...(await story.bill("2027-01-01")), ...(await story.bill("2027-02-01"))];
    await story.clock("2027-02-25");
    await contract.seats(seats.lineageId, "2027-02-20", 3);
    await contract.seats(seats.lineageId, "2027-02-10", 5);
    billed.push(...(await story.bill("2027-03-01")));
    await contract.seats(seats.lineageId, "2027-03-10", 4);
    billed.push(...(await story.bill("2027-04-01")), ...(await story.bill("2027-05-01")));
    expect(billed.map(({ billsOn, net }) => [billsOn, net])).toEqual([["2027-01-01", "180.00"], ...overages]);
  });
});
