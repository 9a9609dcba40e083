import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { toUnion } from "../../platform/graphql/errors";
import { PageArgs } from "../../platform/graphql/paging";
import type { RequestContext } from "../../platform/request-context";
import { CustomerType, customersById } from "../customer";
import { activateContract } from "./activate-contract";
import type { BillingScheduleStatus, Contract } from "./contract";
import {
  ActivateContractInput,
  CreateContractInput,
  newContractOf,
  newRenewalOf,
  RecordSeatsInput,
  UpdateContractInput,
} from "./contract.inputs";
import {
  ActivateContractResult,
  ActivateContractSuccess,
  BillingScheduleStatusEnum,
  BillingScheduleType,
  ContractConnection,
  ContractType,
  CreateContractResult,
  CreateContractSuccess,
  RecordSeatsResult,
  RecordSeatsSuccess,
  RenewalRuleType,
  SeatChangeType,
  UpdateContractResult,
  UpdateContractSuccess,
} from "./contract.types";
import { createContract } from "./create-contract";
import { renewalRuleOf } from "./new-contract";
import {
  contractOf,
  contractsOf,
  findContract,
  pricesIncludeTax,
  readContracts,
  scheduleAt,
  seatChangesOf,
} from "./read-contracts";
import { recordSeats } from "./record-seats";
import { updateContract } from "./update-contract";

@Resolver(() => ContractType)
export class ContractResolver {
  @Query(() => ContractType, { nullable: true, description: "null: there is none in this organization." })
  contract(@Arg("id", () => ID) id: string, @Ctx() context: RequestContext) {
    return findContract(context, id);
  }

  @Query(() => ContractConnection, { description: "Contracts in the order of their numbers." })
  contracts(
    @Args(() => PageArgs) page: PageArgs,
    @Arg("customerId", () => ID, { nullable: true, description: "Of this customer alone." }) customerId:
      | string
      | null
      | undefined,
    @Arg("status", () => BillingScheduleStatusEnum, { nullable: true, description: "Of the billing schedule." })
    status: BillingScheduleStatus | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return readContracts(context, page, { customerId: customerId ?? null, status: status ?? null });
  }

  @FieldResolver(() => CustomerType, { description: "Who is billed." })
  customer(@Root() { customerId }: Contract, @Ctx() context: RequestContext) {
    return context.mustLoad(customersById, customerId);
  }

  @FieldResolver(() => BillingScheduleType, {
    nullable: true,
    description: "The schedule as an earlier revision had it; null: there is no such revision.",
  })
  scheduleRevision(
    @Root() contract: Contract,
    @Arg("revision", () => Int, { description: "0 as first agreed." }) revision: number,
  ) {
    return scheduleAt(contract, revision);
  }

  @FieldResolver(() => RenewalRuleType, { nullable: true, description: "null: it ends with its term." })
  renewal(@Root() { renewal }: Contract) {
    return renewal.kind === "none" ? null : renewal;
  }

  @FieldResolver(() => Boolean, {
    description: "Whether the amounts of its prices are what the customer pays, tax and all.",
  })
  pricesIncludeTax(@Root() contract: Contract, @Ctx() context: RequestContext) {
    return pricesIncludeTax(context, contract);
  }

  @FieldResolver(() => [SeatChangeType], { description: "All seats that were recorded, by lineage and day." })
  seatChanges(@Root() contract: Contract, @Ctx() context: RequestContext) {
    return seatChangesOf(context, contract);
  }

  @Mutation(() => CreateContractResult, {
    description: "Enters a contract with its billing schedule, as a draft. Nothing is billed before it is activated.",
  })
  async createContract(
    @Arg("input", () => CreateContractInput) input: CreateContractInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion(
      "CreateContractSuccess",
      await createContract(context, { ...newContractOf(input), idempotencyKey: input.idempotencyKey }),
    );
  }

  @Mutation(() => ActivateContractResult, {
    description: "Has a draft billed from now on, beginning with what fell due before. For administrators and finance.",
  })
  async activateContract(
    @Arg("input", () => ActivateContractInput) input: ActivateContractInput,
    @Ctx() context: RequestContext,
  ) {
    return toUnion("ActivateContractSuccess", await activateContract(context, { ...input }));
  }

  @Mutation(() => UpdateContractResult, {
    description:
      "Changes what stands beside the prices: name, PO number, payment terms, renewal, what becomes of late usage.",
  })
  async updateContract(
    @Arg("input", () => UpdateContractInput) input: UpdateContractInput,
    @Ctx() context: RequestContext,
  ) {
    const { id, version, idempotencyKey, renewal, ...rest } = input;
    // Left out, the rule stays; null takes it away.
    const changes =
      renewal === undefined ? rest : { ...rest, renewal: renewalRuleOf(renewal && newRenewalOf(renewal)) };
    return toUnion("UpdateContractSuccess", await updateContract(context, { id, version, changes, idempotencyKey }));
  }

  @Mutation(() => RecordSeatsResult, {
    description: "Says how many seats are in use at the end of a day and from then on.",
  })
  async recordSeats(@Arg("input", () => RecordSeatsInput) input: RecordSeatsInput, @Ctx() context: RequestContext) {
    return toUnion("RecordSeatsSuccess", await recordSeats(context, { ...input }));
  }
}

@Resolver(() => CustomerType)
export class CustomerContractsResolver {
  @FieldResolver(() => [ContractType], { description: "In the order of their numbers." })
  contracts(@Root() customer: { readonly id: string }, @Ctx() context: RequestContext) {
    return contractsOf(context, customer);
  }
}

@Resolver(() => CreateContractSuccess)
export class CreateContractSuccessResolver {
  @FieldResolver(() => ContractType, { description: "As it is now." })
  contract(@Root() success: CreateContractSuccess, @Ctx() context: RequestContext) {
    return contractOf(context, success);
  }
}

@Resolver(() => ActivateContractSuccess)
export class ActivateContractSuccessResolver {
  @FieldResolver(() => ContractType, { description: "As it is now." })
  contract(@Root() success: ActivateContractSuccess, @Ctx() context: RequestContext) {
    return contractOf(context, success);
  }
}

@Resolver(() => UpdateContractSuccess)
export class UpdateContractSuccessResolver {
  @FieldResolver(() => ContractType, { description: "As it is now." })
  contract(@Root() success: UpdateContractSuccess, @Ctx() context: RequestContext) {
    return contractOf(context, success);
  }
}

@Resolver(() => RecordSeatsSuccess)
export class RecordSeatsSuccessResolver {
  @FieldResolver(() => ContractType, { description: "As it is now." })
  contract(@Root() success: RecordSeatsSuccess, @Ctx() context: RequestContext) {
    return contractOf(context, success);
  }
}
