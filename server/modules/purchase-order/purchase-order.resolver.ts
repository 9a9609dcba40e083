import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { toUnion } from "../../platform/graphql/errors";
import { MoneyType, toMoney } from "../../platform/graphql/scalars";
import type { RequestContext } from "../../platform/request-context";
import { type Customer, CustomerType } from "../customer";
import { createPurchaseOrder } from "./create-purchase-order";
import type { PurchaseOrder, PurchaseOrderUse } from "./purchase-order";
import { CreatePurchaseOrderInput, UpdatePurchaseOrderInput } from "./purchase-order.inputs";
import {
  CreatePurchaseOrderResult,
  CreatePurchaseOrderSuccess,
  PurchaseOrderType,
  PurchaseOrderUseType,
  UpdatePurchaseOrderResult,
  UpdatePurchaseOrderSuccess,
} from "./purchase-order.types";
import { customerOf, findPurchaseOrder, purchaseOrderOf, purchaseOrdersOf, usesOf } from "./read-purchase-orders";
import { updatePurchaseOrder } from "./update-purchase-order";

@Resolver(() => PurchaseOrderType)
export class PurchaseOrderResolver {
  @Query(() => PurchaseOrderType, { nullable: true, description: "null: there is none in this organization." })
  purchaseOrder(@Arg("id", () => ID) id: string, @Ctx() context: RequestContext) {
    return findPurchaseOrder(context, id);
  }

  @FieldResolver(() => CustomerType)
  customer(@Root() order: PurchaseOrder, @Ctx() context: RequestContext) {
    return customerOf(context, order);
  }

  @FieldResolver(() => MoneyType, { nullable: true, description: "Net of tax; null: without a limit." })
  amountLimit(@Root() { amountLimit, currency }: PurchaseOrder) {
    return amountLimit && toMoney(amountLimit.toFixed(), currency);
  }

  @FieldResolver(() => MoneyType, { description: "What issued invoices took, net of voids and credit notes." })
  used(@Root() { used, currency }: PurchaseOrder) {
    return toMoney(used.toFixed(), currency);
  }

  @FieldResolver(() => MoneyType, { nullable: true, description: "What may still be issued; null: without a limit." })
  remaining(@Root() { amountLimit, used, currency }: PurchaseOrder) {
    return amountLimit && toMoney(amountLimit.minus(used).toFixed(), currency);
  }

  @FieldResolver(() => [PurchaseOrderUseType], { description: "In the order in which they were made." })
  async uses(@Root() { id, currency }: PurchaseOrder, @Ctx() context: RequestContext) {
    return (await usesOf(context, id)).map((use) => ({ ...use, currency }));
  }

  @Mutation(() => CreatePurchaseOrderResult, { description: "Records an order of a customer." })
  async createPurchaseOrder(
    @Arg("input", () => CreatePurchaseOrderInput) input: CreatePurchaseOrderInput,
    @Ctx() context: RequestContext,
  ) {
    const { currency, amountLimit, startsOn, endsBefore, note, ...given } = input;
    const order = {
      ...given,
      currency: currency ?? null,
      amountLimit: amountLimit ?? null,
      startsOn: startsOn ?? null,
      endsBefore: endsBefore ?? null,
      note: note ?? null,
    };
    return toUnion("CreatePurchaseOrderSuccess", await createPurchaseOrder(context, order));
  }

  @Mutation(() => UpdatePurchaseOrderResult, {
    description: "Changes an order; what was issued against it stays counted.",
  })
  async updatePurchaseOrder(
    @Arg("input", () => UpdatePurchaseOrderInput) input: UpdatePurchaseOrderInput,
    @Ctx() context: RequestContext,
  ) {
    const { id, version, idempotencyKey, ...changes } = input;
    return toUnion(
      "UpdatePurchaseOrderSuccess",
      await updatePurchaseOrder(context, { id, version, changes, idempotencyKey }),
    );
  }
}

type UseOfOrder = PurchaseOrderUse & Pick<PurchaseOrder, "currency">;

@Resolver(() => PurchaseOrderUseType)
export class PurchaseOrderUseResolver {
  @FieldResolver(() => MoneyType, { description: "Net; above zero taken, below zero given back." })
  amount(@Root() { amount, currency }: UseOfOrder) {
    return toMoney(amount, currency);
  }
}

@Resolver(() => CustomerType)
export class CustomerPurchaseOrdersResolver {
  @FieldResolver(() => [PurchaseOrderType], { description: "What it ordered, the newest first." })
  purchaseOrders(@Root() { id }: Customer, @Ctx() context: RequestContext) {
    return purchaseOrdersOf(context, id);
  }
}

@Resolver(() => CreatePurchaseOrderSuccess)
export class CreatePurchaseOrderSuccessResolver {
  @FieldResolver(() => PurchaseOrderType)
  purchaseOrder(@Root() { purchaseOrderId }: CreatePurchaseOrderSuccess, @Ctx() context: RequestContext) {
    return purchaseOrderOf(context, purchaseOrderId);
  }
}

@Resolver(() => UpdatePurchaseOrderSuccess)
export class UpdatePurchaseOrderSuccessResolver {
  @FieldResolver(() => PurchaseOrderType)
  purchaseOrder(@Root() { purchaseOrderId }: UpdatePurchaseOrderSuccess, @Ctx() context: RequestContext) {
    return purchaseOrderOf(context, purchaseOrderId);
  }
}
