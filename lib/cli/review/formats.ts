import { renderGithubAnnotations } from "../../review/render/github-annotations";
import { renderGitlabCodeQuality } from "../../review/render/gitlab-codequality";
import { renderJson } from "../../review/render/json";
import { renderMarkdown } from "../../review/render/markdown";
import { renderSarif } from "../../review/render/sarif";
import { renderText } from "../../review/render/text";
import type { Review } from "../../review/review";
import { packageVersion } from "../package-version";

/** What formats go by. */
export interface FormatOptions {
  readonly maxChars: number;
  readonly isColored?: boolean;
}

const NAMES = ["text", "markdown", "json", "sarif", "gitlab-codequality", "github-annotations"] as const;

export type Format = (typeof NAMES)[number];

/** What a review is written as. */
export const FORMATS: Readonly<Record<Format, (review: Review, options: FormatOptions) => string>> = {
  text: renderText,
  markdown: renderMarkdown,
  json: (review) => renderJson(review),
  sarif: (review) => renderSarif(review, { toolVersion: packageVersion() }),
  "gitlab-codequality": (review) => renderGitlabCodeQuality(review),
  "github-annotations": (review) => renderGithubAnnotations(review),
};
