import type { Clock } from "../../platform/clock";
import type { Task } from "../../platform/jobs";
import type { DropboxSignTask } from "./dropbox-sign.store";
import {
  fetchSignedDocument,
  followSignatureRequest,
  followSignatureRequests,
  type ToFetch,
  type ToFollow,
} from "./dropbox-sign-follow";
import { remindAtDropboxSign, type ToRemind } from "./dropbox-sign-remind";
import { sendSignatureRequest } from "./dropbox-sign-send";
import { type ToWithdraw, withdrawSignatureRequest } from "./dropbox-sign-withdraw";

/** What workers do with Dropbox Sign, by the name under which it is enqueued. */
export const dropboxSignTasks = (clock: Clock): Readonly<Record<DropboxSignTask, Task>> => ({
  send_signature_request: ({ signatureRequestId }) => sendSignatureRequest(clock, signatureRequestId as string),
  withdraw_signature_request: (asked) => withdrawSignatureRequest(clock, asked as ToWithdraw),
  follow_signature_request: (asked) => followSignatureRequest(clock, asked as ToFollow),
  follow_signature_requests: () => followSignatureRequests(clock),
  fetch_signed_document: (asked) => fetchSignedDocument(clock, asked as ToFetch),
  remind_at_dropbox_sign: (asked) => remindAtDropboxSign(clock, asked as ToRemind),
});
