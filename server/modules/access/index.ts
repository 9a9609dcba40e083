export { RoleEnum } from "./access.types";
export { authenticate } from "./authenticate";
export { createFirstAdmin } from "./create-first-admin";
export type { Member } from "./member";
export { activeMembers, membersById } from "./member.store";
export { MemberType } from "./member.types";
export { resetPassword } from "./reset-password";
export { SESSION_HOURS, signIn } from "./sign-in";
