import { type PageArgs, toConnection, toPage } from "../../platform/graphql/paging";
import { isId } from "../../platform/ids";
import type { RequestContext } from "../../platform/request-context";
import type { BillingSchedule, Charge, Contract, MinimumCommitment, Phase, SeatChange } from "./contract";
import {
  type ContractFilter,
  chargesByPhase,
  contractsByCustomer,
  contractsById,
  listContracts,
  minimumsBySchedule,
  phasesBySchedule,
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

export async function phasesOf(context: RequestContext, { id }: BillingSchedule): Promise<readonly Phase[]> {
  return (await context.load(phasesBySchedule, id)) ?? [];
}

export async function chargesOf(context: RequestContext, { id }: Phase): Promise<readonly Charge[]> {
  return (await context.load(chargesByPhase, id)) ?? [];
}

export async function minimumsOf(
  context: RequestContext,
  { id }: BillingSchedule,
): Promise<readonly MinimumCommitment[]> {
  return (await context.load(minimumsBySchedule, id)) ?? [];
}

export async function seatChangesOf(context: RequestContext, { id }: Contract): Promise<readonly SeatChange[]> {
  return (await context.load(seatChangesByContract, id)) ?? [];
}
