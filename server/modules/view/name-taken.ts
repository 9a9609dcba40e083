import { conflict } from "../../platform/refusal";
import type { ViewTerms } from "./saved-view";

/** Names are unique over private views too: a view that is shared later must not collide then. */
export const nameTaken = ({ name }: ViewTerms) =>
  conflict("NAME_TAKEN", `There is a view "${name}" already; it may be a private one of somebody else.`, ["name"]);
