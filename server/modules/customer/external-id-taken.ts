import { conflict } from "../../platform/refusal";
import type { CustomerTerms } from "./customer";

export const externalIdTaken = ({ externalId }: CustomerTerms) =>
  conflict("EXTERNAL_ID_TAKEN", `There is another customer with the external id "${externalId}".`, ["externalId"]);
