export { ratesFor } from "./exchange-rate.store";
