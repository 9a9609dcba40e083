import type { Role } from "../../platform/access";

/** A person who works in the organization. */
export type Member = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** May sign in. */
  readonly isActive: boolean;
};
