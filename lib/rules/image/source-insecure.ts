import { isPinned, isUploaded, shownSource } from "../image-source";
import { listed, type Message, say } from "../message";
import type { Rule } from "../rule";
import { parsedUrl } from "../shown-url";
import { insideHost, isDisguised } from "../source-host";
import { IMAGE, type Policy } from "../subject";

/** What Glance fetches from, unless its operator says otherwise. */
const PORTS = ["", "80", "443"];

export const SOURCE_INSECURE: Rule = {
  id: "OSI-IMG-013",
  name: "SourceInsecure",
  level: "block",
  why: "Over http anybody on the way can put other bytes into the image. A password in a URL stands in the state, in plans and in logs. An address instead of a host, or a host of an inner network, makes the provider or Glance ask what outsiders cannot reach, such as the metadata service that gives out credentials, and makes the answer an image.",
  example: '`image_source_url = "http://169.254.169.254/latest/user-data"` with `web_download = true`.',
  fix: "take it from https:// at a host with a public name, with the password in image_source_password; else pin its digest, or allow the host in the policy (allowedHosts)",
  types: [IMAGE],
  of: "change",
  check(image, { policy }) {
    const { after } = image;
    const url = after?.text("image_source_url");
    if (!after || url === undefined || !isUploaded(image)) return [];
    const reasons = reasonsAgainst(url, after.flag("web_download") === true);
    if (reasons.length === 0) return [];
    const message = say`${shownSource(after)}: ${listed(reasons)}`;
    if (isPinned(image)) return [{ level: "info", message: say`${message}; its digest is pinned` }];
    if (isAllowed(url, policy)) return [{ level: "info", message: say`${message}; the policy allows its host` }];
    return [{ message }];
  },
};

function reasonsAgainst(text: string, isWebDownload: boolean): readonly Message[] {
  const url = parsedUrl(text);
  if (!url) return [say`it cannot be read as a URL`];
  if (url.protocol !== "https:" && url.protocol !== "http:") return [say`it is neither https nor http`];
  const reasons: Message[] = [];
  if (url.protocol === "http:") reasons.push(say`anybody on the way can put other bytes in (not https)`);
  if (url.username !== "" || url.password !== "") reasons.push(say`a user or password stands in it`);
  const inside = insideHost(url.hostname);
  if (inside !== undefined) reasons.push(say`it leads to ${[inside]}`);
  if (isDisguised(text, url.hostname)) reasons.push(say`its address is written so that it is not seen to be one`);
  if (isWebDownload && !PORTS.includes(url.port)) reasons.push(say`Glance fetches from ports 80 and 443 alone`);
  return reasons;
}

function isAllowed(text: string, { allowedHosts }: Policy): boolean {
  const url = parsedUrl(text);
  const hosts = allowedHosts.map((host) => host.toLowerCase());
  return url !== undefined && (hosts.includes(url.hostname) || hosts.includes(url.host));
}
