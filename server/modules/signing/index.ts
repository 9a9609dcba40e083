export { useDropboxSign } from "./dropbox-sign";
export { dropboxSignRoute } from "./dropbox-sign.route";
export { dropboxSignTasks } from "./dropbox-sign-tasks";
export { hostedPageRoute } from "./hosted-page.route";
export { paperScanRoute } from "./paper-scan.route";
export { sendSigningMail } from "./send-signing-mail";
export { latestRequestOf } from "./signature-request.store";
export type { SignatureRequest, Signer } from "./signing";
