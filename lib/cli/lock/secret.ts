/**
 * Parameters of URLs that let their bearer in, in small letters and without `-` and `_`: those of S3, Google, Azure and Swift, and what others
 * call theirs.
 */
const SECRET_PARAMETER =
  /^(x(amz|goog)(signature|credential)|signature|sig|tempurlsig|\w*token|\w*secret|x?apikey|(secret|access|private)key|password|passwd)$/;

/** What in a URL must not stand in a file that is committed; undefined when there is nothing. */
export function secretIn(location: string): string | undefined {
  if (!URL.canParse(location)) return undefined;
  const url = new URL(location);
  if (url.username !== "" || url.password !== "") return "a user name or password";
  const name = [...url.searchParams.keys()].find(isSecret);
  return name === undefined ? undefined : `the parameter ${name}`;
}

/** A URL that may be written down. */
export function withoutSecrets(location: string): string {
  if (secretIn(location) === undefined) return location;
  const url = new URL(location);
  url.username = "";
  url.password = "";
  for (const key of [...url.searchParams.keys()]) if (isSecret(key)) url.searchParams.delete(key);
  return url.href;
}

function isSecret(parameter: string): boolean {
  return SECRET_PARAMETER.test(parameter.toLowerCase().replace(/[-_]/g, ""));
}
