import { PriceBookEntryResolver, PriceBookResolver } from "./price-book.resolver";

export const resolvers = [PriceBookResolver, PriceBookEntryResolver];
