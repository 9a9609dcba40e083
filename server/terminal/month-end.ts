import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import process from "node:process";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { readEnvironment } from "../environment";
import { startOwnServer } from "../launch/own-server";
import { type GraphqlClient, graphqlClient, Refused } from "./graphql-client";
import {
  type Checklist,
  type Grid,
  type OperationReport,
  readChecklist,
  readGrid,
  readUnattributedUsage,
  startOperation,
  type View,
  views,
  waitFor,
} from "./month-end-api";
import { findRunningServer } from "./running-server";
import { amount, bold, faint, percent, progressBar, red, say, table, yellow } from "./screen";

const HELP = `Month-end in the terminal: view → recalculate → compare → flags → (with --send) finalize and send.

  npm run month-end -- [options]

  --view NAME      saved view (default: a shared one that shows all invoices)
  --month YYYY-MM  billing month (default: the month before the organization's today)
  --send           finalize and send what the view shows, after asking
  --yes            do not ask
  --all            show every invoice, not only those that are flagged
  --json           print the result as one JSON object
  --url URL        GraphQL address of a running server (default: the one of this data folder, else its own)
  --api-key-file F file with an API key (default: the one of this data folder)
`;

/** What `--json` prints. Amounts are net, as decimal text. */
type Result = {
  readonly view: string;
  readonly month: string;
  readonly invoices: number;
  readonly recalculated: number;
  readonly changed: number;
  readonly flagged: number;
  readonly totals: readonly { readonly currency: string; readonly previous: string; readonly current: string }[];
  readonly unattributed: readonly { readonly alias: string; readonly events: number }[];
  readonly finalized: number;
  readonly sent: number;
  readonly failed: number;
  /** what was found that could keep the month from being closed, by check; without findings left out */
  readonly checklist: readonly { readonly check: string; readonly state: string; readonly count: number }[];
  readonly canClose: boolean;
  readonly seconds: number;
};

const { values: options } = parseArgs({
  options: {
    view: { type: "string" },
    month: { type: "string" },
    send: { type: "boolean", default: false },
    yes: { type: "boolean", default: false },
    all: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    url: { type: "string" },
    "api-key-file": { type: "string" },
    help: { type: "boolean", default: false },
  },
});

async function main(): Promise<number> {
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const server = await chooseServer();
  try {
    const result = await monthEnd(graphqlClient(server));
    if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
    return result.failed === 0 ? 0 : 2;
  } finally {
    await server.stop();
  }
}

/** How the server calls a view without filters. */
const EVERYTHING = "All invoices";

type Server = { readonly url: string; readonly apiKey: string; stop(): Promise<void> };

async function chooseServer(): Promise<Server> {
  const environment = readEnvironment();
  const keyIn = (file: string) => readFileSync(file, "utf8").trim();
  const stop = async () => {};
  if (options.url) {
    if (!options["api-key-file"])
      throw new Refused("--url needs --api-key-file, a file with an API key of that server.");
    return { url: options.url, apiKey: keyIn(options["api-key-file"]), stop };
  }
  const running = await findRunningServer(environment.dataFolder);
  if (running) {
    const file = options["api-key-file"] ?? running.apiKeyFile;
    if (!file) throw new Refused("The running server left no API key. Name a file with one: --api-key-file F.");
    return { url: running.graphqlUrl, apiKey: keyIn(file), stop };
  }
  say(faint("No server is running here; starting one for this run."));
  return startOwnServer(environment);
}

async function monthEnd(ask: GraphqlClient): Promise<Result> {
  const startedAt = performance.now();
  const { view, month } = await chooseView(ask);
  say(`${bold("Month-end")} ${month} · ${view.name} ${faint(`· ${view.organization}`)}`);
  say();

  const recalculation = await run(ask, "Recalculate", "recalculateInvoices", { viewId: view.id, month });
  const grid = await readGrid(ask, { viewId: view.id, month });
  const unattributed = await readUnattributedUsage(ask, month);
  showComparison(grid);
  showUnattributed(unattributed);

  let finalized = 0;
  let sent = 0;
  let failed = recalculation?.failed ?? 0;
  if (options.send && (await mayGoOn(grid))) {
    const finalization = await run(ask, "Finalize", "finalizeInvoices", { viewId: view.id, month });
    const delivery = await run(ask, "Send", "sendInvoices", { viewId: view.id, month });
    finalized = finalization?.succeeded ?? 0;
    sent = delivery?.succeeded ?? 0;
    failed += (finalization?.failed ?? 0) + (delivery?.failed ?? 0);
  }
  const checklist = await readChecklist(ask, month);
  showChecklist(checklist);
  const seconds = Math.round((performance.now() - startedAt) / 10) / 100;
  say(faint(`${seconds} s`));
  return {
    view: view.name,
    month,
    invoices: grid.rows.filter(({ invoiceId }) => invoiceId !== null).length,
    recalculated: recalculation?.total ?? 0,
    changed: recalculation?.succeeded ?? 0,
    flagged: grid.flagged,
    totals: grid.totals.map(({ currency, previous, current }) => ({ currency, previous, current })),
    unattributed: unattributed.rows.map(({ alias, eventCount }) => ({ alias, events: eventCount })),
    finalized,
    sent,
    failed,
    checklist: found(checklist).map(({ kind, state, count }) => ({ check: kind, state, count })),
    canClose: checklist.canClose,
    seconds,
  };
}

async function chooseView(ask: GraphqlClient): Promise<{ readonly view: View; readonly month: string }> {
  const { organization, savedViews } = await views(ask);
  const wanted = options.view;
  const shared = savedViews.filter(({ isShared }) => isShared);
  const view = wanted
    ? savedViews.find(({ name }) => name === wanted)
    : (shared.find(({ filterText }) => filterText === EVERYTHING) ?? shared[0] ?? savedViews[0]);
  if (!view) {
    const names = savedViews.map(({ name }) => `"${name}"`).join(", ");
    throw new Refused(
      wanted
        ? `There is no saved view "${wanted}". There are: ${names}.`
        : "There is no saved view yet. Create one with createSavedView.",
    );
  }
  return { view: { ...view, organization: organization.legalName }, month: options.month ?? organization.lastMonth };
}

/** Asks for an operation, shows it to its end, and lists what failed. Null where nothing was selected. */
async function run(
  ask: GraphqlClient,
  title: string,
  mutation: string,
  selection: object,
): Promise<OperationReport | null> {
  const bar = progressBar(title);
  const operationId = await startOperation(ask, mutation, { selection, idempotencyKey: randomUUID() });
  if (operationId === null) {
    bar.finish("nothing to do");
    return null;
  }
  const report = await waitFor(ask, operationId, ({ done, total }) => bar.show(done, total));
  const parts = [
    `${report.succeeded} done`,
    report.skipped > 0 && `${report.skipped} left as they are`,
    report.failed > 0 && red(`${report.failed} failed`),
  ];
  bar.finish(`${report.total} invoices: ${parts.filter(Boolean).join(", ")}`);
  for (const { customer, message } of report.failures) say(`  ${red("✗")} ${customer}: ${message}`);
  return report;
}

function showComparison(grid: Grid): void {
  const cell = (row: Grid["rows"][number], key: string) =>
    row.cells[grid.columns.findIndex((column) => column.key === key)];
  const text = (row: Grid["rows"][number], key: string) => (cell(row, key) ?? "").toString();
  const rows = grid.rows.filter((row) => options.all || text(row, "flags") !== "");
  say();
  // A view shows the columns that somebody chose.
  const hasDriver = grid.columns.some(({ key }) => key === "topDriver");
  if (rows.length > 0) {
    const columns = [
      { title: "Customer", align: "left", width: 30 },
      { title: "Cur", align: "left", width: 3 },
      { title: "Last month", align: "right", width: 14 },
      { title: "This month", align: "right", width: 14 },
      { title: "Change", align: "right", width: 14 },
      { title: "%", align: "right", width: 8 },
      ...(hasDriver ? [{ title: "Driver", align: "left", width: 9 } as const] : []),
      { title: "Flags", align: "left", width: 28 },
      { title: "Why", align: "left", width: 60 },
    ] as const;
    const lines = rows.map((row) => [
      text(row, "customer"),
      text(row, "currency"),
      amount(text(row, "previousNet")),
      amount(text(row, "net")),
      amount(text(row, "change"), { sign: true }),
      percent(text(row, "changePercent") || null),
      ...(hasDriver ? [text(row, "topDriver").toLowerCase()] : []),
      text(row, "flags").toLowerCase().replaceAll("_", " "),
      text(row, "reason"),
    ]);
    for (const line of table(columns, lines)) say(line);
    say();
  }
  const totals = grid.totals.map(({ currency, count, previous, current, change, changePercent }) => [
    currency,
    String(count),
    amount(previous),
    amount(current),
    amount(change, { sign: true }),
    percent(changePercent),
  ]);
  const right = (title: string, width = 16) => ({ title, align: "right", width }) as const;
  const columns = [
    { title: "Total", align: "left", width: 8 } as const,
    right("Invoices"),
    right("Last month"),
    right("This month"),
    right("Change"),
    right("%"),
  ];
  for (const line of table(columns, totals)) say(line);
  say();
  const flagged = grid.flagged === 0 ? "nothing flagged" : yellow(`${grid.flagged} flagged`);
  say(
    `${flagged}${grid.stale > 0 ? `, ${yellow(`${grid.stale} stale`)}` : ""}${options.all ? "" : faint(" · --all shows every invoice")}`,
  );
}

function showUnattributed({ rows, totalEstimated }: Awaited<ReturnType<typeof readUnattributedUsage>>): void {
  if (rows.length === 0) return;
  const value = totalEstimated.map((money) => `${amount(money.amount)} ${money.currency}`).join(", ");
  say(
    `${yellow(`${rows.length} unknown ${rows.length === 1 ? "alias" : "aliases"}`)} with usage nobody is billed for${value && `, worth about ${value}`}:`,
  );
  for (const { alias, eventCount, similarAliases } of rows) {
    say(
      `  ${alias} ${faint(`· ${eventCount} events`)}${similarAliases.length > 0 ? faint(` · like ${similarAliases.join(", ")}`) : ""}`,
    );
  }
}

const found = ({ checks }: Checklist) => checks.filter(({ count }) => count > 0);

/** One line: what the close still waits for. */
function showChecklist(checklist: Checklist): void {
  const blocking = found(checklist).filter(({ state }) => state === "BLOCKING");
  const words = blocking.map(({ title, count }) => `${title.toLowerCase()} (${count})`).join(", ");
  const rest = checklist.canClose ? "the month can be closed" : "nothing left to do";
  say(`To close: ${blocking.length > 0 ? yellow(words) : rest}`);
}

/** Says what would be sent, and asks. Without a terminal to ask in, only --yes goes on. */
async function mayGoOn(grid: Grid): Promise<boolean> {
  if (options.yes) return true;
  const sums = grid.totals
    .map(({ currency, count, current }) => `${count} in ${currency} for ${amount(current)}`)
    .join(", ");
  say(`Finalizing gives numbers for good, and sending mails the customers: ${sums} (net).`);
  if (!process.stdin.isTTY) {
    say(red("Nobody is there to confirm: repeat with --yes."));
    return false;
  }
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await reader.question('Type "send" to go on: ');
  reader.close();
  return answer.trim().toLowerCase() === "send";
}

process.exitCode = await main().catch((error: unknown) => {
  if (!(error instanceof Refused)) throw error;
  say(red(error.message));
  return 1;
});
