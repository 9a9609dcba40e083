import { describe, expect, test } from "vitest";
import { currency } from "../../../server/domain/money/currency";
import { Decimal } from "../../../server/domain/money/decimal";
import { toCsv } from "../../../server/integrations/file-export/csv";
import { createFileExport, type ExportedFile } from "../../../server/integrations/file-export/file-export";
import type { FileFormatName } from "../../../server/integrations/file-export/file-format";
import { journalOf } from "../../../server/integrations/file-export/journal";
import type { LedgerDocument } from "../../../server/integrations/xero/accounting-ledger";
import { ledgerDocument, ledgerLine } from "./sample-ledger-document";

const amount = (text: string) => new Decimal(text);

async function exported(documents: readonly LedgerDocument[], format: FileFormatName = "xero", country = "GB") {
  const files: ExportedFile[] = [];
  const ledger = createFileExport({
    format,
    country,
    name: "billgrid-2026-10",
    keep: async (made) => void files.push(...made),
  });
  await ledger.post(documents, "key");
  const [first, second] = files;
  return { documents: first as ExportedFile, journals: second as ExportedFile };
}
const rows = ({ content }: ExportedFile) => content.toString("utf8").trimEnd().split("\r\n");

const creditNote = () =>
  ledgerDocument({
    kind: "credit_note",
    number: "CN-2026-00001",
    dueOn: null,
    lines: [
      ledgerLine({
        quantity: null,
        unitPrice: null,
        net: amount("-30"),
        tax: amount("-6"),
        netInBase: amount("-30"),
        taxInBase: amount("-6"),
      }),
    ],
  });

describe("Xero's files", () => {
  test("have a row for each line, and the document's days, accounts, tax and total", async () => {
    const { documents } = await exported([ledgerDocument(), creditNote()]);
    expect(documents.fileName).toBe("billgrid-2026-10-xero-documents.csv");
    expect(rows(documents).slice(1)).toEqual([
      'Acme Ltd,accounts@acme.example,1 Road,Leeds,,,GB,INV-2026-00001,PO-7,01/11/2026,01/12/2026,120.00,"Platform, 1–31 Oct 2026",1.00,100.00,200,OUTPUT2,20.00,,,,,GBP',
      'Acme Ltd,accounts@acme.example,1 Road,Leeds,,,GB,CN-2026-00001,PO-7,01/11/2026,01/11/2026,-36.00,"Platform, 1–31 Oct 2026",1.00,-30.00,200,OUTPUT2,-6.00,,,,,GBP',
    ]);
  });
  test("post on the accounting day, debits above zero and credits below", async () => {
    const { journals } = await exported([ledgerDocument()]);
    expect(rows(journals).slice(1)).toEqual([
      "INV-2026-00001,31/10/2026,INV-2026-00001 Acme Ltd,610,NONE,120.00",
      "INV-2026-00001,31/10/2026,INV-2026-00001 Acme Ltd,200,NONE,-100.00",
      "INV-2026-00001,31/10/2026,INV-2026-00001 Acme Ltd,820,OUTPUT2,-20.00",
    ]);
  });
});

test("QuickBooks' files have debits and credits beside each other, and American days for an American seller", async () => {
  const { documents, journals } = await exported([ledgerDocument()], "quickbooks", "US");
  expect(rows(documents)[1]).toBe(
    'INV-2026-00001,Acme Ltd,11/01/2026,12/01/2026,Invoice,PO-7,PLATFORM,"Platform, 1–31 Oct 2026",1.00,100.00,100.00,OUTPUT2,20.00,200,GBP',
  );
  expect(rows(journals).slice(1)).toEqual([
    "INV-2026-00001,10/31/2026,GBP,INV-2026-00001 Acme Ltd,610,120.00,,Acme Ltd",
    "INV-2026-00001,10/31/2026,GBP,INV-2026-00001 Acme Ltd,200,,100.00,Acme Ltd",
    "INV-2026-00001,10/31/2026,GBP,INV-2026-00001 Acme Ltd,820,,20.00,Acme Ltd",
  ]);
});

test("NetSuite's files name records by ids of ours, so that an import twice is one", async () => {
  const { documents, journals } = await exported([creditNote()], "netsuite");
  expect(rows(documents)[1]).toBe(
    '01890000-0000-7000-8000-000000000001,Credit Memo,CRM-1,Acme Ltd,CN-2026-00001,01/11/2026,,GBP,1,PO-7,PLATFORM,"Platform, 1–31 Oct 2026",1.00,-30.00,-30.00,OUTPUT2,-6.00,200',
  );
  expect(rows(journals)[1]).toBe(
    "journal-01890000-0000-7000-8000-000000000001,31/10/2026,GBP,610,,36.00,CN-2026-00001 Acme Ltd,Acme Ltd",
  );
});

describe("a journal", () => {
  const sides = (document: LedgerDocument) =>
    journalOf(document).postings.map(({ account, debit, credit }) => [account, debit.toFixed(2), credit.toFixed(2)]);
  test("debits what is owed and credits revenue by account and tax by code", () => {
    const lines = [
      ledgerLine(),
      ledgerLine({ revenueAccount: "201" }),
      ledgerLine({ taxType: "ZERO", tax: amount("0"), taxInBase: amount("0") }),
    ];
    expect(sides(ledgerDocument({ lines }))).toEqual([
      ["610", "340.00", "0.00"],
      ["200", "0.00", "200.00"],
      ["201", "0.00", "100.00"],
      ["820", "0.00", "40.00"],
    ]);
  });
  test("of a credit note is the other way round", () => {
    expect(sides(creditNote())).toEqual([
      ["610", "0.00", "36.00"],
      ["200", "30.00", "0.00"],
      ["820", "6.00", "0.00"],
    ]);
  });
  test("is in the base currency, and balances there whatever rounding did to its lines", () => {
    const line = (net: string, netInBase: string) =>
      ledgerLine({ net: amount(net), netInBase: amount(netInBase), tax: amount("0"), taxInBase: amount("0.01") });
    const document = ledgerDocument({
      currency: currency("EUR").code,
      rate: amount("0.8571"),
      lines: [line("1", "0.86"), line("1", "0.85")],
    });
    expect(sides(document)).toEqual([
      ["610", "1.73", "0.00"],
      ["200", "0.00", "1.71"],
      ["820", "0.00", "0.02"],
    ]);
  });
  test("of nothing has no postings", () => {
    const nothing = ledgerLine({ net: amount("0"), tax: amount("0"), netInBase: amount("0"), taxInBase: amount("0") });
    expect(sides(ledgerDocument({ lines: [nothing] }))).toEqual([]);
  });
});

describe("a cell", () => {
  const cell = (text: string) => toCsv(["c"], [{ cells: [text], decimals: 2 }]).split("\r\n")[1];
  test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])("that begins like the formula %j is text", (text) => {
    expect(cell(text)).toBe(`'${text}`);
  });
  test("with a comma, a quote or a new line is quoted, also after it was defused", () => {
    expect(cell('a "b", c')).toBe('"a ""b"", c"');
    expect(cell('=HYPERLINK("x","y")')).toBe(`"'=HYPERLINK(""x"",""y"")"`);
  });
  test("that is a number below zero stays one", () => {
    expect(toCsv(["c"], [{ cells: [amount("-1250.5")], decimals: 2 }])).toBe("c\r\n-1250.50\r\n");
  });
});

test("the same documents make the same bytes, and the hash is theirs", async () => {
  const first = await exported([ledgerDocument(), creditNote()]);
  const second = await exported([ledgerDocument(), creditNote()]);
  expect(second.documents.content.equals(first.documents.content)).toBe(true);
  expect(second.journals.sha256).toBe(first.journals.sha256);
  expect(first.documents.sha256).toMatch(/^[0-9a-f]{64}$/);
});
