export { type Giving, type GivingLimit, limitGiving } from "./limit-credits";
