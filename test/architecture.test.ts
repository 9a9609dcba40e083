import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it, test } from "vitest";
import { offencesIn, type RuleName, type SourceFile } from "./check-architecture";

const root = resolve(import.meta.dirname, "..");

const sourcesIn = (folder: string): SourceFile[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((file) => `${folder}/${file.replaceAll("\\", "/")}`)
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !/\/(generated|dist|node_modules)\//.test(file))
    .map((file) => ({ file, source: readFileSync(join(root, file), "utf8") }));

test("the code keeps to the architecture", () => {
  const files = ["server", "excel-addin", "schema", "prisma"].flatMap(sourcesIn);
  expect(files.some(({ file }) => file === "server/domain/money/money.ts")).toBe(true);
  expect(offencesIn(files).map(({ rule, file, detail }) => `${rule}: ${file} ${detail}`)).toEqual([]);
});

describe("the check reports", () => {
  const offend = (file: string, source: string, ...others: SourceFile[]) =>
    offencesIn([{ file, source }, ...others]).map(({ rule, detail }) => `${rule}: ${detail}`);

  const planted: [RuleName, string, string, string][] = [
    [
      "domain imports only decimal.js and itself",
      "server/domain/money/a.ts",
      `import { readFileSync } from "node:fs";`,
      "imports node:fs",
    ],
    [
      "domain imports only decimal.js and itself",
      "server/domain/a.ts",
      `import type { Row } from "../platform/row";`,
      "imports server/platform/row",
    ],
    [
      "domain imports only decimal.js and itself",
      "server/domain/a.ts",
      `export { Row } from "../modules/row";`,
      "imports server/modules/row",
    ],
    [
      "domain imports downwards",
      "server/domain/pricing/a.ts",
      `import type { Line } from "../invoice/line";`,
      "imports server/domain/invoice/line",
    ],
    [
      "domain imports downwards",
      "server/domain/calendar/a.ts",
      `import { ZERO } from "../money/decimal";`,
      "imports server/domain/money/decimal",
    ],
    [
      "domain imports downwards",
      "server/domain/result.ts",
      `import { ZERO } from "./money/decimal";`,
      "imports server/domain/money/decimal",
    ],
    ["domain imports downwards", "server/domain/tax/a.ts", "", "lies in tax, which no layer names"],
    ["domain is pure", "server/domain/a.ts", "const now = Date.now();", "reads the clock"],
    ["domain is pure", "server/domain/a.ts", "const now = new Date();", "reads the clock"],
    ["domain is pure", "server/domain/a.ts", "const luck = Math.random();", "is random"],
    ["domain is pure", "server/domain/a.ts", "const cents = Math.round(1.005 * 100);", "rounds or reads JS numbers"],
    ["domain is pure", "server/domain/a.ts", "export const load = async () => 1;", "waits"],
    ["domain is pure", "server/domain/a.ts", "console.log(1);", "reaches outside"],
    [
      "platform and integrations know no module",
      "server/platform/a.ts",
      `import { x } from "../modules/quote";`,
      "imports server/modules/quote",
    ],
    [
      "platform and integrations know no module",
      "server/integrations/pdf/a.ts",
      `import { x } from "../../modules/quote";`,
      "imports server/modules/quote",
    ],
    [
      "modules meet through index.ts",
      "server/modules/quote/a.ts",
      `import { x } from "../invoice/invoice.store";`,
      "imports server/modules/invoice/invoice.store",
    ],
    [
      "modules meet through index.ts",
      "server/modules/quote/a.ts",
      `import { main } from "../../main";`,
      "imports server/main",
    ],
    ["only stores touch the database", "server/modules/quote/approve-quote.ts", `import pg from "pg";`, "imports pg"],
    [
      "only stores touch the database",
      "server/modules/quote/approve-quote.ts",
      `import { query } from "../../platform/database/transaction";`,
      "imports server/platform/database/transaction",
    ],
    [
      "only stores touch the database",
      "server/modules/quote/approve-quote.ts",
      `import { inTransaction, query as ask } from "../../platform/database/transaction";`,
      "imports server/platform/database/transaction",
    ],
    [
      "only stores touch the database",
      "server/modules/quote/quote.ts",
      `import type { Quote } from "../../../prisma/generated/client/client";`,
      "imports prisma/generated/client/client",
    ],
    [
      "only stores touch the database",
      "server/modules/quote/quote.ts",
      `import { prisma } from "../../platform/database/prisma";`,
      "imports server/platform/database/prisma",
    ],
    [
      "resolvers touch no store",
      "server/modules/quote/quote.resolver.ts",
      `import { save } from "./quote.store";`,
      "imports server/modules/quote/quote.store",
    ],
    [
      "server and add-in know nothing of each other",
      "excel-addin/sheets/a.ts",
      `import { ok } from "../../server/domain/result";`,
      "imports server/domain/result",
    ],
    [
      "server and add-in know nothing of each other",
      "server/main.ts",
      `import { x } from "../excel-addin/sheets/a";`,
      "imports excel-addin/sheets/a",
    ],
    ["Excel.run only in excel-addin/workbook", "excel-addin/taskpane/a.tsx", "Excel.run(work);", "says Excel.run"],
    [
      "process.env only in environment, launch and configuration",
      "server/modules/quote/a.ts",
      "const port = process.env.PORT;",
      "reads process.env",
    ],
  ];

  test.each(planted)("%s: %s with %s", (rule, file, source, detail) => {
    expect(offend(file, source)).toContain(`${rule}: ${detail}`);
  });

  it("cycles, through types, dynamic imports and index files alike", () => {
    const round = offend(
      "server/modules/quote/a.ts",
      `import type { B } from "../invoice";`,
      { file: "server/modules/invoice/index.ts", source: `export { B } from "./b";` },
      { file: "server/modules/invoice/b.ts", source: `const a = import("../quote/a");` },
    );
    expect(round).toContain(
      "no import cycles: server/modules/quote/a.ts → server/modules/invoice/index.ts → server/modules/invoice/b.ts → server/modules/quote/a.ts",
    );
  });
});

describe("the check lets pass", () => {
  test.each([
    [
      "server/domain/invoice/a.ts",
      `import { rate } from "../pricing/rate"; import { ok } from "../result"; import { Decimal } from "decimal.js";`,
    ],
    [
      "server/domain/a.ts",
      `// Date.now() and Math.round are words in a comment\nconst text = "process.env"; const day = new Date(0);`,
    ],
    [
      "server/modules/quote/approve-quote.ts",
      `import { inTransaction } from "../../platform/database/transaction"; import { find } from "./quote.store"; import { load } from "../customer";`,
    ],
    [
      "server/modules/quote/quote.store.ts",
      `import { query } from "../../platform/database/transaction"; import { prisma } from "../../platform/database/prisma";`,
    ],
    ["excel-addin/workbook/workbook.ts", "Excel.run(work);"],
    ["server/environment.ts", "const { env } = process; const port = process.env.PORT;"],
  ])("%s", (file, source) => expect(offencesIn([{ file, source }])).toEqual([]));
});
