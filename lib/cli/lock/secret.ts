/** Parameters of URLs that let their bearer in: those of S3, Google, Azure, Swift, and what others call theirs. */
const SECRET_PARAMETER =
  /^(x-(amz|goog)-(signature|credential|security-token)|signature|sig|temp_url_sig|(access_?|auth_?|private_?)?token|api_?key|password)$/i;

/** What in a URL must not stand in a file that is committed; undefined when there is nothing. */
export function secretIn(location: string): string | undefined {
  if (!URL.canParse(location)) return undefined;
  const url = new URL(location);
  if (url.username !== "" || url.password !== "") return "a user name or password";
  const name = [...url.searchParams.keys()].find((key) => SECRET_PARAMETER.test(key));
  return name === undefined ? undefined : `the parameter ${name}`;
}

/** A URL that may be written down. */
export function withoutSecrets(location: string): string {
  if (secretIn(location) === undefined) return location;
  const url = new URL(location);
  url.username = "";
  url.password = "";
  for (const key of [...url.searchParams.keys()]) if (SECRET_PARAMETER.test(key)) url.searchParams.delete(key);
  return url.href;
}
