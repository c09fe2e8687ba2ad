/**
 * Parameters of URLs that let their bearer in, in small letters and without `-` and `_`: those of S3, Google, Azure, Swift and Akamai, and
 * what others call theirs.
 */
const SECRET_PARAMETER = new RegExp(
  `^(${[
    "x(amz|goog)(signature|credential)|signature|sig|tempurlsig|hmac|hdnea|hdnts",
    "\\w*token|\\w*secret|x?apikey|(secret|access|private)key|auth|jwt|password|passwd|passphrase|pass|pwd",
  ].join("|")})$`,
);
/** What signs a link beside its end, as nginx asks for. */
const SIGNATURE = /^(md5|key|st|hash)$/;
const END = /^(expires|exp|e)$/;

/** What in a URL must not stand in a file that is committed; undefined when there is nothing. */
export function secretIn(location: string): string | undefined {
  if (!URL.canParse(location)) return undefined;
  const url = new URL(location);
  if (url.username !== "" || url.password !== "") return "a user name or password";
  const [name] = secretParameters(url);
  return name === undefined ? undefined : `the parameter ${name}`;
}

/** A URL that may be written down. */
export function withoutSecrets(location: string): string {
  if (secretIn(location) === undefined) return location;
  const url = new URL(location);
  url.username = "";
  url.password = "";
  for (const name of secretParameters(url)) url.searchParams.delete(name);
  return url.href;
}

function secretParameters({ searchParams }: URL): string[] {
  const names = [...searchParams.keys()];
  const among = (kind: RegExp) => names.filter((name) => kind.test(name.toLowerCase().replace(/[-_]/g, "")));
  return [...among(SECRET_PARAMETER), ...(among(END).length > 0 ? among(SIGNATURE) : [])];
}
