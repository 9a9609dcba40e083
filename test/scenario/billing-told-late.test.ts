import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../testkit/api";
import { type PriceRef, type Story, tellStory } from "./billing-kit";

/** Changes that finance hears of after the days they hold for were issued: billed is exactly the difference. */
let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

type World = {
  readonly story: Story;
  readonly contract: Awaited<ReturnType<Story["contract"]>>;
  readonly platform: PriceRef;
  readonly support: PriceRef;
  readonly insurance: PriceRef;
};

/** 310.00 a month and 365.00 a year in advance, 90.00 a quarter in arrears; issued to the middle of June 2027. */
async function issuedToJune(): Promise<World> {
  const story = await tellStory(api, { now: "2027-01-01T12:00:00Z" });
  const platform = await story.price(await story.product("PLATFORM", "Platform"), "Platform", "IN_ADVANCE", {
    terms: { flat: { fee: "310.00" } },
  });
  const insurance = await story.price(await story.product("INSURANCE", "Insurance"), "Insurance", "IN_ADVANCE", {
    cadence: "ANNUAL",
    terms: { flat: { fee: "365.00" } },
  });
  const support = await story.price(await story.product("SUPPORT", "Support"), "Support", "IN_ARREARS", {
    cadence: "QUARTERLY",
    terms: { flat: { fee: "90.00" } },
  });
  const contract = await story.contract(await story.customer("Acme Ltd"), {
    startsOn: "2027-01-01",
    endsBefore: "2028-01-01",
    charges: [{ priceId: platform.id }, { priceId: insurance.id }, { priceId: support.id }],
  });
  await story.bill("2027-06-10");
  return { story, contract, platform, support, insurance };
}

/** "Platform 2027-03-01: -160.00" for each line that is drafted. */
async function differences({ story }: World, day: string): Promise<string[]> {
  await story.draft(day);
  return (await story.drafts()).flatMap(({ lines }: Answer) =>
    lines.map(
      ({ description, servicePeriod, net }: Answer) =>
        `${description.replace(/^Adjustment for .*: /, "")} ${servicePeriod.startsOn}: ${net.amount}`,
    ),
  );
}

const custom = (fee: string) => ({ customTerms: { terms: { flat: { fee } } } });

describe("told on 10 June", () => {
  it("a price that is higher since 17 March is billed for each month since, split on the day", async () => {
    const world = await issuedToJune();
    await world.contract.amend("2027-03-17", [
      { changePrice: { lineageId: world.platform.lineageId, priceId: world.platform.id, ...custom("620.00") } },
    ]);
    // March: 310 × 16/31 = 160.00 of 310.00, and 620 × 15/31 = 300.00.
    expect(await differences(world, "2027-07-01")).toEqual([
      "Platform 2027-03-17: 300.00",
      "Platform 2027-07-01: 620.00",
      "Support 2027-04-01: 90.00",
      "Platform 2027-03-01: -150.00",
      "Platform 2027-04-01: 310.00",
      "Platform 2027-05-01: 310.00",
      "Platform 2027-06-01: 310.00",
    ]);
    await world.story.finalizeAll();
  });

  it("a product that was taken out on 17 March is given back from that day", async () => {
    const world = await issuedToJune();
    await world.contract.amend("2027-03-17", [{ removeCharge: { lineageId: world.platform.lineageId } }]);
    // Due on 1 July is support alone: 90.00 − 150.00 − 3 × 310.00.
    expect(await differences(world, "2027-07-01")).toEqual([
      "Support 2027-04-01: 90.00",
      "Platform 2027-03-01: -150.00",
      "Platform 2027-04-01: -310.00",
      "Platform 2027-05-01: -310.00",
      "Platform 2027-06-01: -310.00",
    ]);
  });

  it("a product billed for the year that was taken out on 1 June is given back for the days since", async () => {
    const world = await issuedToJune();
    await world.contract.amend("2027-06-01", [{ removeCharge: { lineageId: world.insurance.lineageId } }]);
    // 1 Jan to 31 May are 151 days of 1.00.
    expect(await differences(world, "2027-07-01")).toEqual([
      "Platform 2027-07-01: 310.00",
      "Support 2027-04-01: 90.00",
      "Insurance 2027-01-01: -214.00",
    ]);
    expect((await world.story.bill("2027-07-01")).map(({ net }) => net)).toEqual(["186.00"]);
  });

  it("a cancellation on 17 May gives back what was paid for the days since, and bills the quarter to that day", async () => {
    const world = await issuedToJune();
    await world.contract.cancel("2027-05-17", { unusedTime: "CREDIT" });
    // Platform 310 × 16/31 of May; insurance 136 days; support 90 × 46/91 = 45.4945.
    expect(await differences(world, "2027-06-10")).toEqual([
      "Support 2027-04-01: 45.49",
      "Platform 2027-05-01: -150.00",
      "Platform 2027-06-01: -310.00",
      "Insurance 2027-01-01: -229.00",
    ]);
  });

  it("a quarter in arrears that was given up in February is corrected where it was billed in full", async () => {
    const world = await issuedToJune();
    await world.contract.amend("2027-02-15", [{ removeCharge: { lineageId: world.support.lineageId } }]);
    // 90 × 45/90
    expect(await differences(world, "2027-07-01")).toEqual([
      "Platform 2027-07-01: 310.00",
      "Support 2027-01-01: -45.00",
    ]);
  });

  it("two changes that undo each other bill nothing", async () => {
    const world = await issuedToJune();
    const { lineageId, id } = world.platform;
    await world.contract.amend("2027-03-17", [{ changePrice: { lineageId, priceId: id, ...custom("620.00") } }]);
    await world.contract.amend("2027-03-17", [{ changePrice: { lineageId, priceId: id } }]);
    expect(await differences(world, "2027-06-30")).toEqual([]);
  });

  it("a cancellation at the end of the period lets each product run to the end of its own", async () => {
    const world = await issuedToJune();
    await world.contract.cancel("2027-06-10", { at: "AT_PERIOD_END", unusedTime: "CREDIT" });
    // Month and quarter end on 30 June, the year of the insurance on 31 December.
    expect(await differences(world, "2027-07-01")).toEqual(["Support 2027-04-01: 90.00"]);
    await world.story.finalizeAll();
    expect(await differences(world, "2028-01-31")).toEqual([]);
  });

  it("an extension bills the days after the old end as part of the next year", async () => {
    const world = await issuedToJune();
    await world.contract.amend("2027-06-10", [{ extend: { endsBefore: "2028-02-01" } }]);
    await world.story.bill("2027-12-31");
    // The contract's first year is a full one; January is 31 of the 366 days of the second.
    expect(await differences(world, "2028-01-01")).toEqual([
      "Platform 2028-01-01: 310.00",
      "Insurance 2028-01-01: 30.92",
      "Support 2027-10-01: 90.00",
    ]);
  });
});

describe("what is paid by the year, when the contract goes on after all", () => {
  const DAY_SHARE = { cadence: "ANNUAL", terms: { flat: { fee: "365.00" } } };

  it("is owed again when a cancellation is taken back on its day, though what it gave back was issued", async () => {
    const story = await tellStory(api, { now: "2027-01-01T12:00:00Z" });
    const insurance = await story.price(
      await story.product("INSURANCE", "Insurance"),
      "Insurance",
      "IN_ADVANCE",
      DAY_SHARE,
    );
    const service = await story.price(await story.product("SERVICE", "Service"), "Service", "IN_ARREARS", {
      terms: { flat: { fee: "3000.00" } },
    });
    const contract = await story.contract(await story.customer("Acme Ltd"), {
      startsOn: "2027-01-01",
      charges: [{ priceId: insurance.id }, { priceId: service.id }],
    });
    await story.bill("2027-06-16");
    await contract.cancel("2027-06-16", { unusedTime: "CREDIT" });
    // 166 days of 1.00, and half of June.
    expect((await story.bill("2027-06-16")).map(({ net }) => net)).toEqual(["1301.00"]);
    await contract.resume("2027-06-16");
    const billed = await story.bill("2027-07-01");
    const cents = billed.reduce((total, { net }) => total + Math.round(Number(net) * 100), 0);
    // The 199.00 that were given back, and the other half of June.
    expect(cents).toBe(169_900);
    expect((await story.bill("2027-08-01")).map(({ net }) => net)).toEqual(["3000.00"]);
  });

  it("is owed for the longer last year of a contract that renews in the middle of one", async () => {
    const story = await tellStory(api, { now: "2027-01-01T12:00:00Z" });
    const insurance = await story.price(
      await story.product("INSURANCE", "Insurance"),
      "Insurance",
      "IN_ADVANCE",
      DAY_SHARE,
    );
    const service = await story.price(await story.product("SERVICE", "Service"), "Service", "IN_ARREARS", {
      terms: { flat: { fee: "10.00" } },
    });
    const contract = await story.contract(await story.customer("Acme Ltd"), {
      startsOn: "2027-01-01",
      endsBefore: "2027-04-11",
      renewal: { months: 12 },
      charges: [{ priceId: insurance.id }, { priceId: service.id }],
    });
    // To 10 April are 100 days of 1.00, and from 11 April to 31 December the other 265.
    const billed = await story.bill("2027-04-01");
    await contract.renew();
    billed.push(...(await story.bill("2027-12-31")));
    const insured = billed.flatMap(({ lines }) => lines.filter((line) => line.includes("Insurance")));
    expect(insured.map((line) => line.slice(line.lastIndexOf(" ") + 1))).toEqual(["100.00", "265.00"]);
  });
});
