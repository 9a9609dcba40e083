import { CURRENCIES, type DemoCurrency } from "./catalog";
import type { CustomerPlan } from "./customer-plan";
import { ordinaryCustomer } from "./ordinary-customer";
import type { DemoSize } from "./seller";
import { STORIES } from "./stories/stories";
import type { Story } from "./stories/story";

/** Whom a company of this size has as customers: those with a story, and those without one. */
export type Company = { readonly stories: readonly Story[]; readonly ordinary: readonly CustomerPlan[] };

/** Of sixty customers. */
const MIX: { readonly [C in DemoCurrency]: number } = { GBP: 36, USD: 15, EUR: 8, JPY: 1 };
const MIXED = 60;
/** One in six is a key account; together they make two fifths of the revenue. */
const KEY_ACCOUNT_MIX: { readonly [C in DemoCurrency]: number } = { GBP: 6, USD: 3, EUR: 1, JPY: 0 };

export function companyOf({ customers, seed }: DemoSize): Company {
  const stories = STORIES.slice(0, customers);
  const places = CURRENCIES.flatMap((currency) => {
    const told = stories.filter(({ customer }) => customer.currency === currency).length;
    const count = Math.max(0, share(MIX[currency], customers) - told);
    const keyAccounts = share(KEY_ACCOUNT_MIX[currency], customers);
    return Array.from({ length: count }, (_, index) => ({ currency, isKeyAccount: index < keyAccounts }));
  });
  const wanted = customers - stories.length;
  while (places.length < wanted) places.push({ currency: "GBP", isKeyAccount: false });
  const ordinary = places.slice(0, wanted).map((place, index) => ordinaryCustomer(index, { ...place, seed }));
  return { stories, ordinary };
}

const share = (ofSixty: number, customers: number): number => Math.round((ofSixty * customers) / MIXED);
