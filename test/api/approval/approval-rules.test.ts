import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../server/platform/ids";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { problemsOf } from "../contract/contract-world";
import { quoteWorld } from "../quote/quote-world";
import { ADMIN, FINANCE, newMember, newRule } from "./approval-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const RULES = `{ approvalRules { name position isActive allowsOwn version
  condition { kind words overPercent of overMonths overAmount currency otherThan overDays is policies }
  approvers { role name member { name } } } }`;

describe("Approval rules", () => {
  test("say in words when they apply, and whom they ask, in their order", async () => {
    const world = await quoteWorld(api);
    const carol = await newMember(api, world.organization.id, "admin", "Carol Chief");
    await newRule(
      world,
      "Big",
      { totalOver: { amount: "100000" } },
      { position: 5, approvers: [{ memberId: carol.id }] },
    );
    await newRule(world, "Cheap", { discountOver: { percent: "15" } }, { position: 1, approvers: [FINANCE, ADMIN] });
    await newRule(world, "Long", { termOverMonths: 36 });
    const { approvalRules } = await world.sales.data(RULES);
    expect(
      approvalRules.map(({ name, position, condition, approvers }: Answer) => [
        name,
        position,
        condition.words,
        ...approvers.map((approver: Answer) => approver.name),
      ]),
    ).toEqual([
      ["Cheap", 1, "Discount over 15 %", "finance", "an administrator"],
      ["Big", 5, "Total over 100,000 in the base currency", "Carol Chief"],
      ["Long", 6, "Term over 36 months", "finance"],
    ]);
    expect(approvalRules[0].condition).toMatchObject({
      kind: "DISCOUNT",
      overPercent: "15",
      of: "EITHER",
      overMonths: null,
    });
    expect(approvalRules[1].condition).toMatchObject({ kind: "TOTAL", overAmount: "100000", currency: null });
  });

  test.each([
    [{ withoutEnd: true }, "Term without an end"],
    [{ totalOver: { amount: "250000.5", currency: "EUR" } }, "Total over 250,000.50 EUR"],
    [{ currencyOtherThan: ["GBP", "EUR"] }, "Currency other than GBP, EUR"],
    [{ paymentOverDays: 30 }, "Payment terms over 30 days"],
    [{ customPrices: true }, "Prices of its own"],
    [{ notes: true }, "Notes of its own"],
    [{ renewal: "ABSENT" }, "Does not renew by itself"],
    [{ upliftWaived: true }, "Renews at the same prices"],
    [{ trialOverDays: 30 }, "Trial over 30 days"],
    [{ lateUsage: ["IGNORE_WITH_REPORT"] }, "Late usage: not billed"],
    [{ guardRails: true }, "Outside the guard rails of the price book"],
  ])("look at %j", async (condition, words) => {
    const world = await quoteWorld(api);
    await newRule(world, "Rule", condition);
    expect((await world.sales.data(RULES)).approvalRules[0].condition.words).toBe(words);
  });

  test("are refused with everything that is wrong", async () => {
    const world = await quoteWorld(api);
    const analyst = await newMember(api, world.organization.id, "analyst", "Anna Lyst");
    const refused = await world.finance.command("createApprovalRule", "approvalRule { id }", {
      name: " ",
      condition: { termOverMonths: 12, notes: true },
      approvers: [{}, { role: "ANALYST" }, { memberId: analyst.id }, { memberId: newId() }],
      position: -1,
    });
    expect(problemsOf(refused)).toEqual([
      "TEXT_MISSING at name",
      "NOT_ONE_CONDITION at condition",
      "ROLE_OR_MEMBER at approvers.0",
      "ROLE_MAY_NOT_APPROVE at approvers.1.role",
      "ROLE_MAY_NOT_APPROVE at approvers.2.memberId",
      "MEMBER_NOT_FOUND at approvers.3.memberId",
      "POSITION_OUT_OF_RANGE at position",
    ]);
    const limits = [
      [{ discountOver: { percent: "100" } }, "PERCENT_OUT_OF_RANGE at condition.discountOver.percent"],
      [{ termOverMonths: -1 }, "COUNT_OUT_OF_RANGE at condition.termOverMonths"],
      [{ totalOver: { amount: "-1", currency: "XYZ" } }, "AMOUNT_OUT_OF_RANGE at condition.totalOver.amount"],
      [{ currencyOtherThan: [] }, "LIST_EMPTY at condition.currencyOtherThan"],
      [{ currencyOtherThan: ["EUR", "?"] }, "CURRENCY_UNKNOWN at condition.currencyOtherThan.1"],
    ] as const;
    for (const [condition, problem] of limits) {
      const answer = await world.finance.command("createApprovalRule", "approvalRule { id }", {
        name: "Rule",
        condition,
        approvers: [FINANCE],
      });
      expect(problemsOf(answer)[0]).toBe(problem);
    }
  });

  test("are changed on the version that was read, renamed to no other's name, and deleted", async () => {
    const world = await quoteWorld(api);
    await newRule(world, "Other", { notes: true });
    const { id, version } = await newRule(world, "Cheap", { discountOver: { percent: "15" } });
    const update = (more: object) =>
      world.finance.command("updateApprovalRule", "approvalRule { name version isActive condition { words } }", {
        id,
        ...more,
      });
    expect(await update({ version, name: "Other" })).toMatchObject({ code: "NAME_TAKEN" });
    expect(await update({ version, name: null })).toMatchObject({ code: "NULL_NOT_ALLOWED" });
    expect(
      await update({ version, isActive: false, condition: { discountOver: { percent: "20", of: "LINE" } } }),
    ).toMatchObject({
      approvalRule: {
        name: "Cheap",
        version: 2,
        isActive: false,
        condition: { words: "Discount over 20 % on a line" },
      },
    });
    expect(await update({ version, isActive: true })).toMatchObject({ __typename: "StaleVersion", currentVersion: 2 });
    const remove = (seen: number) => world.finance.command("deleteApprovalRule", "deletedId", { id, version: seen });
    expect((await remove(1)).__typename).toBe("StaleVersion");
    expect(await remove(2)).toMatchObject({ deletedId: id });
    expect((await remove(2)).code).toBe("APPROVAL_RULE_NOT_FOUND");
  });

  test("are made by finance and administrators, not by sales, and seen in their own organization alone", async () => {
    const world = await quoteWorld(api);
    await newRule(world, "Rule", { notes: true });
    const { errors } = await world.sales.ask(
      `mutation { createApprovalRule(input: { name: "Mine", condition: { notes: true }, approvers: [{ role: SALES }],
         idempotencyKey: "1" }) { __typename } }`,
    );
    expect(errors?.[0].extensions.code).toBe("FORBIDDEN");
    const stranger = await quoteWorld(api);
    expect((await stranger.finance.data(RULES)).approvalRules).toEqual([]);
  });
});
