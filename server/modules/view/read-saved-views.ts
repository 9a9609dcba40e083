import { type Condition, testsOf } from "../../domain/view/condition";
import { filterInWords } from "../../domain/view/filter-in-words";
import type { Caller, RequestContext } from "../../platform/request-context";
import { productsById } from "../catalog";
import { contractsById } from "../contract";
import { customersById } from "../customer";
import type { SavedView } from "./saved-view";
import { listSavedViews, savedViewsById } from "./saved-view.store";
import { isVisibleTo } from "./view-access";
import { defaultViewId, preferencesByActorAndView, type ViewPreference } from "./view-preference.store";

export function readSavedViews(context: RequestContext): Promise<SavedView[]> {
  return listSavedViews(context.require("read").actor);
}

/** Null where there is none, and where it is somebody else's private one. */
export async function findSavedView(context: RequestContext, id: string): Promise<SavedView | null> {
  const caller = context.require("read");
  const view = await context.load(savedViewsById, id);
  return view && isVisibleTo(view, caller) ? view : null;
}

/** The same inside a command, which has no request. */
export async function visibleView(caller: Caller, id: string): Promise<SavedView | null> {
  const view = (await savedViewsById([id])).get(id.toLowerCase());
  return view && isVisibleTo(view, caller) ? view : null;
}

/** What opens first for the caller; null: nothing was chosen, or it is seen by the caller no more. */
export async function findDefaultView(context: RequestContext): Promise<SavedView | null> {
  const id = await defaultViewId(context.require("read").actor.id);
  return id === null ? null : findSavedView(context, id);
}

/** A view that a command has just written. */
export const savedViewOf = (
  context: RequestContext,
  { savedViewId }: { readonly savedViewId: string },
): Promise<SavedView> => context.mustLoad(savedViewsById, savedViewId);

const NO_PREFERENCE: ViewPreference = { isFavourite: false, isDefault: false };

export async function preferenceOf(context: RequestContext, viewId: string): Promise<ViewPreference> {
  const { id } = context.caller.actor;
  return (id !== null && (await context.load(preferencesByActorAndView, `${id} ${viewId}`))) || NO_PREFERENCE;
}

export async function filterTextOf(context: RequestContext, filter: Condition): Promise<string> {
  const names = new Map<string, string>();
  const ids = (field: "customerIds" | "contractIds" | "productIds") =>
    testsOf(filter).flatMap((asked) => (asked.field === field ? asked.test : []));
  const [customers, contracts, products] = await Promise.all([
    Promise.all(ids("customerIds").map((id) => context.load(customersById, id))),
    Promise.all(ids("contractIds").map((id) => context.load(contractsById, id))),
    Promise.all(ids("productIds").map((id) => context.load(productsById, id))),
  ]);
  for (const customer of customers) if (customer) names.set(customer.id, customer.legalName);
  for (const contract of contracts) if (contract) names.set(contract.id, contract.number);
  for (const product of products) if (product) names.set(product.id, product.name);
  const nameOf = (id: string) => names.get(id) ?? null;
  return filterInWords(filter, { customers: nameOf, contracts: nameOf, products: nameOf });
}
