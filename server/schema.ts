import "reflect-metadata";
import type { GraphQLSchema } from "graphql";
import { buildSchema, type NonEmptyArray, type PubSub } from "type-graphql";
import { resolvers as access } from "./modules/access/resolvers";
import { resolvers as accounting } from "./modules/accounting/resolvers";
import { resolvers as approval } from "./modules/approval/resolvers";
import { resolvers as audit } from "./modules/audit/resolvers";
import { resolvers as catalog } from "./modules/catalog/resolvers";
import { resolvers as close } from "./modules/close/resolvers";
import { resolvers as contract } from "./modules/contract/resolvers";
import { resolvers as credit } from "./modules/credit/resolvers";
import { resolvers as creditNote } from "./modules/credit-note/resolvers";
import { resolvers as customer } from "./modules/customer/resolvers";
import { resolvers as delivery } from "./modules/delivery/resolvers";
import { resolvers as exchangeRate } from "./modules/exchange-rate/resolvers";
import { resolvers as execution } from "./modules/execution/resolvers";
import { resolvers as invoice } from "./modules/invoice/resolvers";
import { resolvers as invoiceEditing } from "./modules/invoice-editing/resolvers";
import { resolvers as monthEnd } from "./modules/month-end/resolvers";
import { resolvers as notification } from "./modules/notification/resolvers";
import { resolvers as offer } from "./modules/offer/resolvers";
import { resolvers as operation } from "./modules/operation/resolvers";
import { resolvers as organization } from "./modules/organization/resolvers";
import { resolvers as priceBook } from "./modules/price-book/resolvers";
import { resolvers as purchaseOrder } from "./modules/purchase-order/resolvers";
import { resolvers as quote } from "./modules/quote/resolvers";
import { resolvers as quoteTemplate } from "./modules/quote-template/resolvers";
import { resolvers as receivable } from "./modules/receivable/resolvers";
import { resolvers as reminder } from "./modules/reminder/resolvers";
import { resolvers as secondPerson } from "./modules/second-person/resolvers";
import { resolvers as signing } from "./modules/signing/resolvers";
import { resolvers as usage } from "./modules/usage/resolvers";
import { resolvers as view } from "./modules/view/resolvers";

/** Asked for by type-graphql, never used: subscriptions hear PostgreSQL (platform/notifications), where all processes speak. */
const pubSub: PubSub = {
  publish: () => {
    throw new Error("announce with pg_notify instead");
  },
  subscribe: () => {
    throw new Error("listen with notifications instead");
  },
};

/** The whole API, of all modules. Inputs are checked by the use cases, which know the reasons. */
export function buildBillgridSchema(): Promise<GraphQLSchema> {
  const resolvers = [
    ...access,
    ...organization,
    ...customer,
    ...catalog,
    ...usage,
    ...contract,
    ...priceBook,
    ...quote,
    ...offer,
    ...quoteTemplate,
    ...signing,
    ...execution,
    ...approval,
    ...notification,
    ...credit,
    ...exchangeRate,
    ...purchaseOrder,
    ...invoice,
    ...delivery,
    ...reminder,
    ...invoiceEditing,
    ...receivable,
    ...accounting,
    ...creditNote,
    ...operation,
    ...audit,
    ...view,
    ...monthEnd,
    ...secondPerson,
    ...close,
  ];
  return buildSchema({ resolvers: resolvers as unknown as NonEmptyArray<() => void>, validate: false, pubSub });
}
