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
  const stories = storiesFor(customers);
  const places = CURRENCIES.flatMap((currency) => {
    const told = countTold(stories.filter(({ customer }) => customer.currency === currency));
    const count = Math.max(0, share(MIX[currency], customers) - told);
    const keyAccounts = share(KEY_ACCOUNT_MIX[currency], customers);
    return Array.from({ length: count }, (_, index) => ({ currency, isKeyAccount: index < keyAccounts }));
  });
  const wanted = customers - countTold(stories);
  while (places.length < wanted) places.push({ currency: "GBP", isKeyAccount: false });
  const ordinary = places.slice(0, wanted).map((place, index) => ordinaryCustomer(index, { ...place, seed }));
  return { stories, ordinary };
}

/** As many as there is room for, the first first. */
function storiesFor(customers: number): readonly Story[] {
  let left = customers;
  return STORIES.filter((story) => {
    const told = countTold([story]);
    if (told > left) return false;
    left -= told;
    return true;
  });
}

const countTold = (stories: readonly Story[]): number =>
  stories.reduce((count, { customer }) => count + 1 + (customer.children?.length ?? 0), 0);

const share = (ofSixty: number, customers: number): number => Math.round((ofSixty * customers) / MIXED);
