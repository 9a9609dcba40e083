export type { Approval, Submission } from "./approval";
export { reasonOf } from "./reasons";
export { submissionsByQuote } from "./submission.store";
