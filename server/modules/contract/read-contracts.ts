import { type PageArgs, toConnection, toPage } from "../../platform/graphql/paging";
import { isId } from "../../platform/ids";
import type { RequestContext } from "../../platform/request-context";
import type { Amendment } from "./amendment";
import { amendmentsByContract, amendmentsById } from "./amendment.store";
import type { BillingSchedule, Charge, Contract, Phase, ScheduleRevision, SeatChange, SpendBound } from "./contract";
import {
  boundsByRevision,
  type ContractFilter,
  chargesByPhase,
  contractsByCustomer,
  contractsById,
  listContracts,
  phasesByRevision,
  revisionKey,
  revisionsByKey,
  schedulesThatIncludeTax,
} from "./contract.store";
import { seatChangesByContract } from "./seats.store";

export function findContract(context: RequestContext, id: string): Promise<Contract | null> {
  context.require("read");
  return context.load(contractsById, id);
}

/** A contract that something else names, so that it must exist. */
export function contractOf(
  context: RequestContext,
  { contractId }: { readonly contractId: string },
): Promise<Contract> {
  return context.mustLoad(contractsById, contractId);
}

export async function readContracts(context: RequestContext, args: PageArgs, filter: ContractFilter) {
  context.require("read");
  const page = toPage(args, ["text"]);
  const isNobody = filter.customerId !== null && !isId(filter.customerId);
  return toConnection(page, isNobody ? [] : await listContracts(page, filter), ({ number }) => [number]);
}

export async function contractsOf(
  context: RequestContext,
  customer: { readonly id: string },
): Promise<readonly Contract[]> {
  return (await context.load(contractsByCustomer, customer.id)) ?? [];
}

/** The schedule as it was; null: there is no such revision. */
export function scheduleAt({ schedule }: Contract, revision: number): BillingSchedule | null {
  const isRevision = revision >= 0 && revision <= schedule.revision;
  return isRevision ? { ...schedule, revision } : null;
}

/** The schedule of a contract as an amendment found it, or left it. */
export async function scheduleOf(
  context: RequestContext,
  { contractId }: Amendment,
  revision: number,
): Promise<BillingSchedule> {
  return { ...(await context.mustLoad(contractsById, contractId)).schedule, revision };
}

export async function amendmentsOf(context: RequestContext, { id }: Contract): Promise<readonly Amendment[]> {
  return (await context.load(amendmentsByContract, id)) ?? [];
}

export function amendmentOf(
  context: RequestContext,
  { amendmentId }: { readonly amendmentId: string },
): Promise<Amendment> {
  return context.mustLoad(amendmentsById, amendmentId);
}

export function revisionOf(context: RequestContext, schedule: BillingSchedule): Promise<ScheduleRevision> {
  return context.mustLoad(revisionsByKey, keyOf(schedule));
}

export async function phasesOf(context: RequestContext, schedule: BillingSchedule): Promise<readonly Phase[]> {
  return (await context.load(phasesByRevision, keyOf(schedule))) ?? [];
}

export async function chargesOf(context: RequestContext, { id }: Phase): Promise<readonly Charge[]> {
  return (await context.load(chargesByPhase, id)) ?? [];
}

export async function boundsOf(
  context: RequestContext,
  schedule: BillingSchedule,
  kind: SpendBound["bound"],
): Promise<readonly SpendBound[]> {
  const bounds = (await context.load(boundsByRevision, keyOf(schedule))) ?? [];
  return bounds.filter(({ bound }) => bound === kind);
}

const keyOf = ({ id, revision }: BillingSchedule) => revisionKey({ scheduleId: id, revision });

export async function pricesIncludeTax(context: RequestContext, { schedule }: Contract): Promise<boolean> {
  return (await context.load(schedulesThatIncludeTax, schedule.id)) ?? false;
}

export async function seatChangesOf(context: RequestContext, { id }: Contract): Promise<readonly SeatChange[]> {
  return (await context.load(seatChangesByContract, id)) ?? [];
}
