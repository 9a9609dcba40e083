import { GraphQLError } from "graphql";
import type { PlainMonth } from "../../domain/calendar/plain-month";
import { currency } from "../../domain/money/currency";
import { Decimal } from "../../domain/money/decimal";
import { money, moneyText } from "../../domain/money/money";
import { all, type Condition, EVERYTHING, test } from "../../domain/view/condition";
import type { FilterRecord } from "../../domain/view/filter-record";
import { readFilter } from "../../domain/view/read-filter";
import { asksComparison } from "../../domain/view/split";
import { type PageArgs, type Position, toConnection, toPage } from "../../platform/graphql/paging";
import type { RequestContext } from "../../platform/request-context";
import { type Invoice, invoicesById } from "../invoice";
import {
  type CappedCount,
  countInvoices,
  type ListedInvoice,
  pageOfInvoices,
  type RowPosition,
} from "./invoice-list.store";
import { InvoiceSortKeyEnum } from "./invoice-list.types";
import { NEWEST_FIRST, type OrderStep, type SortKey } from "./invoice-order";
import { findSavedView, readSavedViews } from "./read-saved-views";
import type { SavedView } from "./saved-view";

const refuse = (message: string): never => {
  throw new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT" } });
};

export type InvoicesAsked = {
  readonly filter: FilterRecord | null;
  readonly viewId: string | null;
  readonly sort: readonly OrderStep[] | null;
};

/** A page of invoices: those of the view that the filter selects too, in the order asked for, else in the view's. */
export async function readInvoices(context: RequestContext, args: PageArgs, asked: InvoicesAsked) {
  const { today } = context.require("read");
  const { condition: narrowed, problems } = readFilter(asked.filter);
  for (const { message, path } of problems) refuse(`filter.${path.join(".")}: ${message}`);
  const view = asked.viewId === null ? null : await mustSeeView(context, asked.viewId);
  const condition = all(narrowed, view?.filter ?? EVERYTHING);
  if (asksComparison(condition))
    refuse("flagged and isSignedOff are answered by comparing a month: ask invoiceGrid for them.");
  const order = checkedOrder(asked.sort ?? orderOf(view));
  const page = toPage(args);
  const mark = order.map(({ by, direction }) => `${by} ${direction}`).join();
  const after = page.after && rowPositionOf(page.after, mark, order.length + 1);
  const rows = await pageOfInvoices({ condition, today }, { order, limit: page.limit, after });
  return toConnection(page, await invoicesOf(context, rows), ({ position }) => positionOf(position, mark));
}

async function mustSeeView(context: RequestContext, id: string): Promise<SavedView> {
  const view = await findSavedView(context, id);
  return view ?? refuse(`There is no saved view ${id}. Ask for savedViews to see those there are.`);
}

async function invoicesOf(context: RequestContext, rows: readonly ListedInvoice[]) {
  const found = await Promise.all(
    rows.map(async ({ id, position }) => {
      const invoice: Invoice | null = await context.load(invoicesById, id);
      return invoice && { ...invoice, position };
    }),
  );
  // Read in a second statement, a draft may be gone by then.
  return found.filter((invoice) => invoice !== null);
}

const SORT_KEYS = new Set<string>(Object.values(InvoiceSortKeyEnum));

/** A view may also sort by what only a comparison knows; what is left decides, the newest first where nothing is. */
function orderOf(view: SavedView | null): readonly OrderStep[] {
  const steps = (view?.sort ?? []).flatMap(({ column, direction }) =>
    SORT_KEYS.has(column) ? [{ by: column as SortKey, direction }] : [],
  );
  return steps.length > 0 ? steps : NEWEST_FIRST;
}

const ORDER_MAXIMUM = 5;

function checkedOrder(order: readonly OrderStep[]): readonly OrderStep[] {
  if (order.length > ORDER_MAXIMUM) refuse(`sort has ${order.length} keys; the limit is ${ORDER_MAXIMUM}.`);
  const keys = order.map(({ by }) => by);
  const twice = keys.find((key, index) => keys.indexOf(key) < index);
  if (twice) refuse(`sort names ${twice} twice.`);
  return order.length === 0 ? NEWEST_FIRST : order;
}

/** A cursor says which order it stands in; a key that is empty is told from one that is an empty text. */
const positionOf = (position: RowPosition, mark: string): Position => [
  mark,
  ...position.map((key) => (key === null ? "" : `=${key}`)),
];

function rowPositionOf([mark, ...keys]: Position, wanted: string, length: number): RowPosition {
  if (mark !== wanted || keys.length !== length)
    refuse("after is a cursor of another order. Use endCursor of an earlier page of the same sort.");
  return keys.map((key) => (key === "" ? null : key.slice(1)));
}

export type CountAsked = { readonly viewIds: readonly string[] | null; readonly month: PlainMonth | null };

const VIEWS_MAXIMUM = 100;

/** How many invoices each view selects, all in one statement, in the order asked for; views that are not seen are left out. */
export async function readViewCounts(context: RequestContext, { viewIds, month }: CountAsked) {
  const { today } = context.require("read");
  const views =
    viewIds === null
      ? await readSavedViews(context)
      : (await Promise.all([...new Set(viewIds)].map((id) => findSavedView(context, id)))).filter(
          (view) => view !== null,
        );
  if (views.length > VIEWS_MAXIMUM) refuse(`viewIds has ${views.length} views; the limit is ${VIEWS_MAXIMUM}.`);
  const countable = views.filter(({ filter }) => !asksComparison(filter));
  const inMonth = (filter: Condition) =>
    month === null ? filter : all(filter, test("billingMonth", { kind: "between", from: month, through: month }));
  const counts = await countInvoices(
    countable.map(({ filter }) => inMonth(filter)),
    today,
  );
  const countOf = new Map(countable.map(({ id }, index) => [id, counts[index]]));
  return views.map(({ id }) => viewCount(id, countOf.get(id) ?? null));
}

function viewCount(viewId: string, counted: CappedCount | null) {
  if (counted === null) return { viewId, count: null, isCapped: false, text: null, totals: null };
  const { count, isCapped } = counted;
  const text = count.toLocaleString("en-GB") + (isCapped ? "+" : "");
  const totals = counted.totals?.map(({ currency: code, net, gross }) => ({
    currency: code,
    net: amountText(net, code),
    gross: amountText(gross, code),
  }));
  return { viewId, count, isCapped, text, totals: totals ?? null };
}

const amountText = (amount: string, code: string): string =>
  moneyText(money(new Decimal(amount), currency(code as Invoice["currency"])));
