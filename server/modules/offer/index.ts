export { fileTypeOf, safeFileName } from "./file-type";
export { fileUploadRoute } from "./file-upload";
export { keepOffer, offerOf } from "./keep-offer";
export { type AskedSigner, type OfferOptions, offerDocumentOf } from "./offer-document";
export { quoteFilesRoute } from "./quote-files.route";
