import { ExchangeRateResolver } from "./exchange-rate.resolver";

export const resolvers = [ExchangeRateResolver] as const;
