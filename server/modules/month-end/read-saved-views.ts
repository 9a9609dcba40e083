import type { Caller, RequestContext } from "../../platform/request-context";
import { contractsById } from "../contract";
import { customersById } from "../customer";
import { filterInWords } from "./filter-in-words";
import type { SavedView, ViewFilter } from "./saved-view";
import { listSavedViews, savedViewsById } from "./saved-view.store";

/** An API key is nobody's colleague: views that it made are owned by the key. */
export const isVisibleTo = (view: SavedView, caller: Caller): boolean => view.isShared || isOwnedBy(view, caller);

export const isOwnedBy = ({ ownerId }: SavedView, { actor }: Caller): boolean =>
  ownerId !== null && ownerId === actor.id;

export function readSavedViews(context: RequestContext): Promise<SavedView[]> {
  return listSavedViews(context.require("read").actor.id);
}

/** Null where there is none, and where it is somebody else's private one. */
export async function findSavedView(context: RequestContext, id: string): Promise<SavedView | null> {
  const caller = context.require("read");
  const view = await context.load(savedViewsById, id);
  return view && isVisibleTo(view, caller) ? view : null;
}

/** A view that a command has just written. */
export const savedViewOf = (
  context: RequestContext,
  { savedViewId }: { readonly savedViewId: string },
): Promise<SavedView> => context.mustLoad(savedViewsById, savedViewId);

export async function filterTextOf(context: RequestContext, filter: ViewFilter): Promise<string> {
  const customers = await Promise.all((filter.customerIds ?? []).map((id) => context.load(customersById, id)));
  const contracts = await Promise.all((filter.contractIds ?? []).map((id) => context.load(contractsById, id)));
  return filterInWords(filter, {
    customers: customers.flatMap((customer) => customer?.legalName ?? []),
    contracts: contracts.flatMap((contract) => contract?.number ?? []),
  });
}
