export { authenticate } from "./authenticate";
export { createFirstAdmin } from "./create-first-admin";
export { SESSION_HOURS, signIn } from "./sign-in";
