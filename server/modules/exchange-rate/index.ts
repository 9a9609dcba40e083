export { ratesFor, reportingRatesOf } from "./exchange-rate.store";
