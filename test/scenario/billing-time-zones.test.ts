import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../testkit/api";
import { type Story, tellStory, wordsOf } from "./billing-kit";

/** New York in 2027: clocks go forward on 14 March at 2:00, a day of 23 hours, and back on 7 November, one of 25. */
let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const newYork = (now: string) =>
  tellStory(api, { now, timeZone: "America/New_York", baseCurrency: "USD", country: "US", taxPercent: "0" });
const DOOR = { alias: "acme", type: "door_opened" };
/** "1: 2027-03-14 to 2027-04-13" for one event in a month from the 14th. */
const countsOf = async (story: Story, day: string): Promise<string[]> =>
  (await story.bill(day)).flatMap(({ lines }) =>
    lines.map((line) => line.replace(/.*\((.*)\) (\d+)\.00$/, (_, days, net) => `${net}: ${days}`)),
  );

/** A dollar an event, in months that begin with the contract. */
async function countingFrom(startsOn: string): Promise<Story> {
  const story = await newYork(`${startsOn}T12:00:00Z`);
  const doors = await story.price(await story.product("DOORS", "Doors"), "Doors", "IN_ARREARS", {
    metricId: await story.metric("door_opened", { aggregation: "COUNT" }),
    terms: { perUnit: { unitPrice: "1.00" } },
  });
  await story.contract(await story.customer("Acme Inc", { aliases: ["acme"] }), {
    startsOn,
    charges: [{ priceId: doors.id }],
  });
  return story;
}

describe("an event falls on the day that it is in New York", () => {
  it("around the midnight in which a month ends", async () => {
    const story = await countingFrom("2027-03-01");
    // 23:30 on 31 March, midnight, and 00:30 on 1 April, which is all 1 April in UTC.
    await story.use(DOOR, [["2027-04-01T03:30:00Z"]]);
    expect(await countsOf(story, "2027-04-01T03:59:59Z")).toEqual([]);
    await story.use(DOOR, [["2027-04-01T04:00:00Z"], ["2027-04-01T04:30:00Z"]]);
    expect(await countsOf(story, "2027-04-01T04:45:00Z")).toEqual(["1: 2027-03-01 to 2027-03-31"]);
    const [invoice] = await story.invoices({});
    expect([invoice.billsOn, invoice.billingMonth]).toEqual(["2027-04-01", "2027-03"]);
    expect(await countsOf(story, "2027-05-01")).toEqual(["2: 2027-04-01 to 2027-04-30"]);
  });

  it("around both midnights of the day on which clocks go forward", async () => {
    const events: [string][] = [
      ["2027-03-14T04:30:00Z"], // 13 March, 23:30 (UTC−5)
      ["2027-03-14T05:30:00Z"], // 14 March, 00:30
      ["2027-03-14T07:00:00Z"], // 14 March, 3:00, a second after 1:59:59 (UTC−4)
      ["2027-03-15T03:30:00Z"], // 14 March, 23:30
      ["2027-03-15T04:30:00Z"], // 15 March, 00:30
    ];
    const onTheDay = await countingFrom("2027-02-14");
    await onTheDay.use(DOOR, events);
    expect(await countsOf(onTheDay, "2027-04-20")).toEqual([
      "1: 2027-02-14 to 2027-03-13",
      "4: 2027-03-14 to 2027-04-13",
    ]);
    const dayAfter = await countingFrom("2027-02-15");
    await dayAfter.use(DOOR, events);
    expect(await countsOf(dayAfter, "2027-04-20")).toEqual([
      "4: 2027-02-15 to 2027-03-14",
      "1: 2027-03-15 to 2027-04-14",
    ]);
  });

  it("around both midnights of the day on which clocks go back, and in the hour that comes twice", async () => {
    const events: [string][] = [
      ["2027-11-07T03:30:00Z"], // 6 November, 23:30 (UTC−4)
      ["2027-11-07T04:30:00Z"], // 7 November, 00:30
      ["2027-11-07T05:30:00Z"], // 7 November, 1:30 the first time
      ["2027-11-07T06:30:00Z"], // 7 November, 1:30 the second time (UTC−5)
      ["2027-11-08T04:30:00Z"], // 7 November, 23:30
      ["2027-11-08T05:30:00Z"], // 8 November, 00:30
    ];
    const onTheDay = await countingFrom("2027-10-07");
    await onTheDay.use(DOOR, events);
    expect(await countsOf(onTheDay, "2027-12-20")).toEqual([
      "1: 2027-10-07 to 2027-11-06",
      "5: 2027-11-07 to 2027-12-06",
    ]);
    const dayAfter = await countingFrom("2027-10-08");
    await dayAfter.use(DOOR, events);
    expect(await countsOf(dayAfter, "2027-12-20")).toEqual([
      "5: 2027-10-08 to 2027-11-07",
      "1: 2027-11-08 to 2027-12-07",
    ]);
  });
});

describe("a level weighted by time", () => {
  it("counts the 743 hours of March and the 721 of November", async () => {
    const story = await newYork("2027-02-20T12:00:00Z");
    const storage = await story.price(await story.product("STORAGE", "Storage"), "Storage", "IN_ARREARS", {
      metricId: await story.metric("stored", { aggregation: "WEIGHTED_SUM", property: "gigabytes" }),
      terms: { perUnit: { unitPrice: "7.43" } },
    });
    await story.contract(await story.customer("Acme Inc", { aliases: ["acme"] }), {
      startsOn: "2027-03-01",
      charges: [{ priceId: storage.id }],
    });
    const STORED = { alias: "acme", type: "stored" };
    // 100 before the contract begins; 50 more from the first second of 14 March.
    await story.use(STORED, [
      ["2027-02-20", { gigabytes: "100" }],
      ["2027-03-14T05:00:00Z", { gigabytes: "50" }],
    ]);
    // 18 days less an hour are left: 100 + 50 × 431/743. At 7.43 that is 743.00 + 215.50.
    expect((await story.bill("2027-04-01")).map(({ net }) => net)).toEqual(["958.50"]);
    // 150 × 7.43, whether or not anything happens
    expect((await story.bill("2027-11-01")).map(({ net }) => net)).toEqual(Array(7).fill("1114.50"));
    // 60 less from the first second of 7 November, of whose month 24 days and an hour are left: 150 − 60 × 577/721.
    await story.use(STORED, [["2027-11-07T04:00:00Z", { gigabytes: "-60" }]]);
    await story.draft("2027-12-01");
    const [draft] = await story.drafts();
    expect(wordsOf(draft, "Storage")?.at(-1)).toBe("net 757.74");
    expect((await story.bill("2027-12-01")).map(({ net }) => net)).toEqual(["757.74"]);
    expect((await story.bill("2028-01-01")).map(({ net }) => net)).toEqual(["668.70"]);
  });
});
