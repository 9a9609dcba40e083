import { InvoiceListResolver } from "./invoice-list.resolver";
import {
  CreateSavedViewSuccessResolver,
  DuplicateSavedViewSuccessResolver,
  FavourSavedViewSuccessResolver,
  SavedViewResolver,
  UpdateSavedViewSuccessResolver,
} from "./saved-view.resolver";

export const resolvers = [
  InvoiceListResolver,
  SavedViewResolver,
  CreateSavedViewSuccessResolver,
  DuplicateSavedViewSuccessResolver,
  UpdateSavedViewSuccessResolver,
  FavourSavedViewSuccessResolver,
] as const;
