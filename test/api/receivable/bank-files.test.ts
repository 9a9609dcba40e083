import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, startTestApi, type TestApi } from "../../testkit/api";
import { countStatements } from "../../testkit/count-statements";
import { type ReceivableWorld, receivableWorld } from "./receivable-world";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const FILE = `Buchungstag;Auftraggeber;IBAN;Verwendungszweck;Betrag;Währung
02.11.2026;Acme Limited;GB33 ACME;INV-2026-00001;120,00;GBP
02.11.2026;Birch;GB44 BIRCH;"Zahlung; vielen Dank";60,00;GBP
02.11.2026;Birch;GB44 BIRCH;"Zahlung; vielen Dank";60,00;GBP
03.11.2026;Bank;;Kontoführung;-4,50;GBP
`;

const account = async ({ finance }: ReceivableWorld, name = "Main") =>
  (await finance.done("createBankAccount", "bankAccount { id }", { name, currency: "GBP" })).bankAccount.id as string;
const importFile = ({ finance }: ReceivableWorld, bankAccountId: string, content: string, more: object = {}) =>
  finance.command(
    "importBankFile",
    "wasImportedBefore bankFile { id lineCount duplicateCount bankAccount { fileFormat { decimalMark dateOrder columns { amount } } } }",
    {
      bankAccountId,
      fileName: "november.csv",
      content,
      ...more,
    },
  );
const LINES = `query ($first: Int, $status: [BankLineStatus!]) { bankLines(first: $first, filter: { status: $status }) { nodes {
  id bookedOn status amount { amount } payerName payerAccount reference decidedBecause payment { id source customer { legalName } }
  suggestions { id score reasons customer { legalName } unallocated { amount } allocations { amount { amount } invoice { number } } } } } }`;
const lines = async (
  { finance }: ReceivableWorld,
  status: string[] = ["TO_MATCH", "OUTGOING", "RECORDED", "IGNORED"],
): Promise<Answer[]> => (await finance.data(LINES, { first: 50, status })).bankLines.nodes;

describe("A bank's file", () => {
  test("is taken in with what its headings and amounts say; lines alike in it are several payments", async () => {
    const world = await receivableWorld(api);
    const imported = await importFile(world, await account(world), FILE);
    expect(imported).toMatchObject({
      wasImportedBefore: false,
      bankFile: {
        lineCount: 4,
        duplicateCount: 0,
        bankAccount: {
          fileFormat: { decimalMark: "COMMA", dateOrder: "DAY_MONTH_YEAR", columns: { amount: "Betrag" } },
        },
      },
    });
    const all = await lines(world);
    expect(all.map(({ amount, status }) => `${amount.amount} ${status}`).toSorted()).toEqual([
      "-4.50 OUTGOING",
      "120.00 TO_MATCH",
      "60.00 TO_MATCH",
      "60.00 TO_MATCH",
    ]);
    expect(all.find(({ payerName }) => payerName === "Acme Limited")).toMatchObject({
      payerAccount: "GB33ACME",
      bookedOn: "2026-11-02",
    });
  });

  test("changes nothing when it comes again, and its lines in a longer file are taken in once", async () => {
    const world = await receivableWorld(api);
    const bankAccountId = await account(world);
    const first = await importFile(world, bankAccountId, FILE);
    expect(await importFile(world, bankAccountId, FILE)).toMatchObject({
      wasImportedBefore: true,
      bankFile: { id: first.bankFile.id },
    });
    const longer = `${FILE}03.11.2026;Birch;GB44 BIRCH;"Zahlung; vielen Dank";60,00;GBP\n`;
    expect((await importFile(world, bankAccountId, longer)).bankFile).toMatchObject({
      lineCount: 5,
      duplicateCount: 4,
    });
    expect(await lines(world)).toHaveLength(5);
    expect((await importFile(world, await account(world, "Other"), FILE)).bankFile.duplicateCount).toBe(0);
  });

  test("sent by two at once is taken in once", async () => {
    const world = await receivableWorld(api);
    const bankAccountId = await account(world);
    const both = await Promise.all([importFile(world, bankAccountId, FILE), importFile(world, bankAccountId, FILE)]);
    expect(both.map(({ wasImportedBefore }) => wasImportedBefore).toSorted()).toEqual([false, true]);
    expect(await lines(world)).toHaveLength(4);
  });

  test.each([
    ["without headings", "a,b\n1,2\n", {}, "HEADINGS_NOT_FOUND", ["content"]],
    ["whose days are ambiguous", "Date,Amount\n03/04/2026,1.00\n", {}, "DATE_ORDER_AMBIGUOUS", ["format", "dateOrder"]],
    [
      "with an amount that is none",
      "Date,Amount\n2026-04-03,1.00\n2026-04-03,x1\n",
      {},
      "AMOUNT_UNREADABLE",
      ["content", "3"],
    ],
    [
      "with half a penny",
      "Date,Amount,Ccy\n2026-04-03,1.005,GBP\n2026-04-03,1.00,GBP\n",
      { format: { decimalMark: "POINT" } },
      "AMOUNT_UNREADABLE",
      ["content", "2"],
    ],
    ["that is empty", " ", {}, "FILE_EMPTY", ["content"]],
    ["without lines", "Date,Amount\n", {}, "FILE_WITHOUT_LINES", ["content"]],
    ["too large", "x".repeat(1_000_001), {}, "FILE_TOO_LARGE", ["content"]],
  ])("%s is refused", async (_, content, more, code, path) => {
    const world = await receivableWorld(api);
    const refused = await importFile(world, await account(world), content, more);
    expect(refused).toMatchObject({ __typename: "InvalidInput", code, path });
    expect(await lines(world)).toEqual([]);
  });

  test("is read as the last one of the account, where it could be read in two ways", async () => {
    const world = await receivableWorld(api);
    const bankAccountId = await account(world);
    const format = { dateOrder: "MONTH_DAY_YEAR" };
    await importFile(world, bankAccountId, "Date,Amount\n03/04/2026,1.00\n", { format });
    await importFile(world, bankAccountId, "Date,Amount\n03/05/2026,2.00\n");
    expect((await lines(world)).map(({ bookedOn }) => bookedOn)).toEqual(["2026-03-05", "2026-03-04"]);
  });
});

describe("Lines are matched", () => {
  async function imported() {
    const world = await receivableWorld(api);
    const [acme, birch] = [await world.customer("Acme Ltd"), await world.customer("Birch GmbH")];
    const [first, second] = [await world.issue(acme, "120.00"), await world.issue(birch, "60.00")];
    await importFile(world, await account(world), FILE);
    const toMatch = await lines(world, ["TO_MATCH"]);
    const ofAcme = toMatch.find(({ payerName }) => payerName === "Acme Limited");
    const ofBirch = toMatch.filter(({ payerName }) => payerName === "Birch");
    return { world, acme, birch, first, second, ofAcme, ofBirch };
  }

  test("as suggested, with the reason kept; and payers are known from then on", async () => {
    const { world, first, second, ofAcme, ofBirch } = await imported();
    expect(ofAcme.suggestions[0]).toMatchObject({
      score: 100,
      customer: { legalName: "Acme Ltd" },
      allocations: [{ amount: { amount: "120.00" }, invoice: { number: "INV-2026-00001" } }],
      unallocated: { amount: "0.00" },
    });
    const accept = (...accepted: Answer[]) =>
      world.finance.command(
        "acceptBankLines",
        "bankLines { id status decidedBecause payment { source unallocated { amount } } }",
        {
          lines: accepted.map((line) => ({ bankLineId: line.id, suggestionId: line.suggestions[0].id })),
        },
      );
    const accepted = await accept(ofAcme, ofBirch[0]);
    expect(accepted.bankLines.map(({ status }: Answer) => status)).toEqual(["RECORDED", "RECORDED"]);
    expect(accepted.bankLines[0].decidedBecause).toBe(
      "The reference names INV-2026-00001. The amount is exactly what is due.",
    );
    expect(await world.standing(first)).toBe("paid 120.00, due 0.00");
    expect(await world.standing(second)).toBe("paid 60.00, due 0.00");

    expect(await accept(ofAcme)).toMatchObject({ code: "BANK_LINE_DECIDED", path: ["lines", "0", "bankLineId"] });
    // The invoice that the other line would have paid is paid: what is suggested now is another thing.
    expect(await accept(ofBirch[1])).toMatchObject({ code: "SUGGESTION_STALE", path: ["lines", "0", "suggestionId"] });
    const [again] = await lines(world, ["TO_MATCH"]);
    expect(again.suggestions[0]).toMatchObject({ score: 30, allocations: [], unallocated: { amount: "60.00" } });
    expect(again.suggestions[0].reasons[0]).toBe("Birch GmbH paid from this account before.");
  });

  test("all or nothing: two that would pay the same invoice are refused", async () => {
    const { world, second, ofBirch } = await imported();
    const refused = await world.finance.command("acceptBankLines", "bankLines { id }", {
      lines: ofBirch.map((line) => ({ bankLineId: line.id, suggestionId: line.suggestions[0].id })),
    });
    expect(refused).toMatchObject({ code: "MORE_THAN_DUE", path: ["lines", "1", "allocations", "0", "amount"] });
    expect(await world.standing(second)).toBe("unpaid 0.00, due 60.00");
    expect(await lines(world, ["RECORDED"])).toEqual([]);
  });

  test("by hand, and again where that was a mistake", async () => {
    const { world, birch, second, ofBirch } = await imported();
    const assign = () =>
      world.finance.command("assignBankLine", "bankLine { payment { id } }", {
        bankLineId: ofBirch[0].id,
        customerId: birch,
        allocations: [{ invoiceId: second, amount: "50.00" }],
      });
    const { bankLine } = await assign();
    expect(await world.standing(second)).toBe("partially_paid 50.00, due 10.00");
    expect((await world.balance(birch)).amount).toBe("10.00");
    expect(await assign()).toMatchObject({ code: "BANK_LINE_DECIDED" });
    const reversal = { paymentId: bankLine.payment.id, kind: "MISTAKE", reason: "Not theirs" };
    await world.finance.done("reversePayment", "payment { id }", reversal);
    expect((await assign()).__typename).toBe("AssignBankLineSuccess");
  });

  test("once, whoever accepts them at once", async () => {
    const { world, first, ofAcme } = await imported();
    const accept = () =>
      world.finance.command("acceptBankLines", "bankLines { id }", {
        lines: [{ bankLineId: ofAcme.id, suggestionId: ofAcme.suggestions[0].id }],
      });
    const answers = await Promise.all([accept(), accept(), accept()]);
    expect(answers.filter(({ __typename }) => __typename === "AcceptBankLinesSuccess")).toHaveLength(1);
    expect((await world.invoice(first)).settlements).toHaveLength(1);
  });

  test("or ignored with a reason, and restored", async () => {
    const { world, ofAcme } = await imported();
    const bankLineId = ofAcme.id;
    await world.finance.done("ignoreBankLine", "bankLine { id }", { bankLineId, reason: "Interest" });
    expect((await lines(world, ["IGNORED"]))[0].decidedBecause).toBe("Interest");
    await world.finance.done("restoreBankLine", "bankLine { id }", { bankLineId });
    expect(await lines(world, ["TO_MATCH"])).toHaveLength(3);
  });

  test("in as many statements for many lines as for one", async () => {
    const { world } = await imported();
    const statements = async (first: number) => {
      await world.finance.data(LINES, { first, status: ["TO_MATCH"] });
      return countStatements(() => world.finance.data(LINES, { first, status: ["TO_MATCH"] }));
    };
    expect(await statements(3)).toBe(await statements(1));
  });
});
