import { type GraphqlClient, Refused } from "./graphql-client";

export type View = {
  readonly id: string;
  readonly name: string;
  readonly isShared: boolean;
  readonly filterText: string;
  readonly organization: string;
};

/** The saved views, the seller, and the month before its today. */
export async function views(ask: GraphqlClient) {
  const { organization, savedViews } = await ask<{
    organization: { legalName: string; today: string };
    savedViews: readonly Omit<View, "organization">[];
  }>(`{ organization { legalName today } savedViews { id name isShared filterText } }`);
  return {
    organization: { legalName: organization.legalName, lastMonth: monthBefore(organization.today) },
    savedViews,
  };
}

function monthBefore(day: string): string {
  const [year, month] = day.split("-").map(Number) as [number, number];
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, "0")}`;
}

type Cell = string | boolean | null;
export type Grid = {
  readonly columns: readonly { readonly key: string }[];
  readonly rows: readonly { readonly id: string; readonly invoiceId: string | null; readonly cells: readonly Cell[] }[];
  readonly totals: readonly {
    readonly currency: string;
    readonly count: number;
    readonly previous: string;
    readonly current: string;
    readonly change: string;
    readonly changePercent: string | null;
  }[];
  readonly flagged: number;
  readonly stale: number;
};

/** All pages of the view as one grid. */
export async function readGrid(
  ask: GraphqlClient,
  input: { readonly viewId: string; readonly month: string },
): Promise<Grid> {
  type Page = Grid & { readonly hasMore: boolean; readonly endCursor: string | null };
  const page = async (after: string | null) =>
    (
      await ask<{ invoiceGrid: Page }>(
        `query ($input: InvoiceGridInput!) { invoiceGrid(input: $input) { columns { key } rows { id invoiceId cells }
           totals { currency count previous current change changePercent } flagged stale hasMore endCursor } }`,
        { input: { ...input, comparison: "PREVIOUS_MONTH", after } },
      )
    ).invoiceGrid;
  const first = await page(null);
  const rows = [...first.rows];
  for (let last = first; last.hasMore; ) {
    last = await page(last.endCursor);
    rows.push(...last.rows);
  }
  return { ...first, rows };
}

export async function readUnattributedUsage(ask: GraphqlClient, month: string) {
  const { unattributedUsage } = await ask<{
    unattributedUsage: {
      totalEstimated: readonly { amount: string; currency: string }[];
      rows: readonly { alias: string; eventCount: number; similarAliases: readonly string[] }[];
    };
  }>(
    `query ($month: PlainMonth!) { unattributedUsage(month: $month) { totalEstimated { amount currency } rows { alias eventCount similarAliases } } }`,
    { month },
  );
  return unattributedUsage;
}

export type ChecklistItem = {
  readonly kind: string;
  readonly title: string;
  readonly state: "CLEAR" | "WAIVED" | "TOLERATED" | "BLOCKING";
  readonly count: number;
};
export type Checklist = { readonly canClose: boolean; readonly checks: readonly ChecklistItem[] };

/** What still keeps the month from being closed, in numbers. */
export async function readChecklist(ask: GraphqlClient, month: string): Promise<Checklist> {
  const { closeChecklist } = await ask<{ closeChecklist: Checklist }>(
    "query ($month: PlainMonth!) { closeChecklist(month: $month) { canClose checks { kind title state count } } }",
    { month },
  );
  return closeChecklist;
}

/** The id of the operation; null where the selection is empty. */
export async function startOperation(ask: GraphqlClient, mutation: string, input: object): Promise<string | null> {
  const type = mutation[0]?.toUpperCase() + mutation.slice(1);
  const answers = await ask<Record<string, { operation?: { id: string }; code?: string; message?: string }>>(
    `mutation ($input: ${type}Input!) { ${mutation}(input: $input) { ... on ${type}Success { operation { id } } ... on UserError { code message } } }`,
    { input },
  );
  const answer = answers[mutation];
  if (answer?.operation) return answer.operation.id;
  if (answer?.code === "NOTHING_SELECTED") return null;
  throw new Refused(answer?.message ?? `${mutation} gave no answer.`);
}

export type OperationReport = {
  readonly total: number;
  readonly done: number;
  readonly succeeded: number;
  readonly skipped: number;
  readonly failed: number;
  readonly failures: readonly { readonly customer: string; readonly message: string }[];
};

const POLL_MILLISECONDS = 150;
/** More failures than anybody reads in a terminal. */
const FAILURES_SHOWN = 50;

/** Polls until the operation is finished, then reads what failed. */
export async function waitFor(
  ask: GraphqlClient,
  id: string,
  onProgress: (progress: Pick<OperationReport, "done" | "total">) => void,
): Promise<OperationReport> {
  type Progress = Omit<OperationReport, "failures"> & { readonly status: string };
  for (;;) {
    const { operation } = await ask<{ operation: Progress }>(
      "query ($id: ID!) { operation(id: $id) { status total done succeeded skipped failed } }",
      { id },
    );
    onProgress(operation);
    if (operation.status === "COMPLETED" || operation.status === "CANCELLED")
      return { ...operation, failures: await failuresOf(ask, id) };
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
}

async function failuresOf(ask: GraphqlClient, id: string): Promise<OperationReport["failures"]> {
  type Item = {
    readonly message: string;
    readonly invoice: { readonly customer: { readonly legalName: string } } | null;
  };
  const { operation } = await ask<{ operation: { items: { nodes: readonly Item[] } } }>(
    `query ($id: ID!) { operation(id: $id) { items(status: FAILED, first: ${FAILURES_SHOWN}) { nodes { message invoice { customer { legalName } } } } } }`,
    { id },
  );
  return operation.items.nodes.map(({ message, invoice }) => ({
    customer: invoice?.customer.legalName ?? "a draft that is gone",
    message,
  }));
}
