import type { Review } from "../../review/review";

export type Format = "json";

/** What a review is written as. */
export const FORMATS: Readonly<Record<Format, (review: Review, options: { readonly maxChars: number }) => string>> = {
  json: (review) => JSON.stringify(review.findings),
};
