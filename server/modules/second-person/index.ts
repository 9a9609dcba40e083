export { pendingRequests } from "./read-second-person";
export { KIND_WORDS, type SecondPersonRequest } from "./second-person";
export { holdBackControlled, watchControls } from "./watch-controls";
