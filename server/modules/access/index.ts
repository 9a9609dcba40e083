export { authenticate } from "./authenticate";
export { createFirstAdmin } from "./create-first-admin";
export { resetPassword } from "./reset-password";
export { SESSION_HOURS, signIn } from "./sign-in";
