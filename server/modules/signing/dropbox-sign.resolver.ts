import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../platform/request-context";
import { SignerEmbeddedUrlType } from "./dropbox-sign.types";
import { readSignerEmbeddedUrl } from "./dropbox-sign-embed";

@Resolver()
export class DropboxSignResolver {
  @Query(() => SignerEmbeddedUrlType, {
    nullable: true,
    description:
      "Where a signer signs inside a page that embeds Dropbox Sign, which is asked each time; null: no signer.",
  })
  signerEmbeddedUrl(
    @Arg("signerId", () => ID, { description: "The signer." }) signerId: string,
    @Ctx() context: RequestContext,
  ) {
    return readSignerEmbeddedUrl(context, signerId);
  }
}
