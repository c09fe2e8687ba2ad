/** What to do where a password is wanted: it may stand in a URL that is given to a command, but not in one that gets into a lock file. */
const FOR_PASSWORD = {
  inUrl: "; a password belongs into the URL: https://USER:PASSWORD@...",
  notInUrl: "; where it wants a password, download the image yourself and give its 'digest' in the code",
};

/** What to do about the status of an answer, as the end of a sentence. */
export function wayOut(status: number, password: keyof typeof FOR_PASSWORD): string {
  if (status === 401 || status === 403) return FOR_PASSWORD[password];
  return status === 404 || status === 410 ? ": there is nothing at this URL (any more)" : "";
}

/** Whether a server that answers so may answer otherwise later. */
export function isBusy(status: number): boolean {
  return status >= 500 || status === 408 || status === 429;
}

/** What Node calls errors, and what to do about them. */
const ERRORS: Record<string, string> = {
  ENOTFOUND: "has a host that is not known; check the URL and the proxy settings",
  ECONNREFUSED: "cannot be connected to: nothing listens there",
  ECONNRESET: "was cut off: the server dropped the connection; try again",
  SELF_SIGNED_CERT_IN_CHAIN: "has a certificate of an unknown authority; name its file in NODE_EXTRA_CA_CERTS",
  DEPTH_ZERO_SELF_SIGNED_CERT: "has a certificate of an unknown authority; name its file in NODE_EXTRA_CA_CERTS",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "has a certificate of an unknown authority; name its file in NODE_EXTRA_CA_CERTS",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "has a certificate of an unknown authority; name its file in NODE_EXTRA_CA_CERTS",
};

/** What a failed request means, as the end of a sentence that begins with its URL. */
export function explained({ code = "", message }: NodeJS.ErrnoException): string {
  return code in ERRORS ? `${ERRORS[code]} (${code})` : message;
}

/** What will be the same the next time. */
const LASTING = ["ENOTFOUND", ...Object.keys(ERRORS).filter((code) => /CERT|VERIFY/.test(code))];

/** Whether a failed request may go well the next time: what the network did, not what was decided here. */
export function isPassing({ code, name }: NodeJS.ErrnoException): boolean {
  return (
    code !== undefined &&
    name !== "TypeError" &&
    !LASTING.includes(code) &&
    !/^(CERT|ERR_TLS|ERR_SSL|ERR_INVALID)/.test(code)
  );
}
