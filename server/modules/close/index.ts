export { evidenceRoute } from "./evidence.route";
export { makeEvidencePack } from "./make-evidence-pack";
