import type { OpenstackCommand } from "../openstack-command";
import { type Answer, countAt, imageIdAt, isAnswer, rowsOf, textAt } from "./answer";

/** How a project came to an image: it is its own, another project shares it, or all may use it. */
type Access = "own" | "shared" | "public" | "community";

/** An image that a project can boot. */
export interface ProjectImage {
  readonly id: string;
  readonly name: string | null;
  readonly access: Access;
  readonly visibility: string;
  readonly ownerProjectId: string;
  readonly hidden: boolean;
  readonly diskFormat: string | null;
  readonly sizeBytes: number | null;
  readonly minDiskGb: number;
  /** As ISO 8601 has it, in UTC. */
  readonly createdAt: string;
}

/** What a project can boot, by name. */
export interface ProjectImages {
  readonly projectId: string;
  readonly images: readonly ProjectImage[];
}

interface Listed {
  readonly row: Answer;
  readonly id: string;
  readonly access: Access;
  readonly hidden: boolean;
}

/** What the cloud says about one image in particular. */
interface Details {
  readonly shown: Answer;
  /** The projects that have accepted it; none where the cloud does not tell. */
  acceptedBy?: readonly unknown[];
}

/** The active images of the project that the credentials are of. */
export async function projectImages(openstack: OpenstackCommand, withHidden: boolean): Promise<ProjectImages> {
  const token = await openstack.json("token", "issue", "-c", "project_id");
  const projectId = isAnswer(token) ? textAt(token, "project_id") : undefined;
  if (projectId === undefined) throw new Error("the credentials are of no project, and images are a project's");

  const listed: Listed[] = [];
  for (const hidden of withHidden ? [false, true] : [false]) {
    // without --all those of the community are missing
    const words = ["image", "list", "--all", "--long", "--status", "active", ...(hidden ? ["--hidden"] : [])];
    for (const row of rowsOf(await openstack.json(...words), "image list")) {
      const access = accessTo(row, projectId);
      if (access) listed.push({ row, id: imageIdAt(row, "ID"), access, hidden });
    }
  }
  const details = await detailsOf(openstack, listed);
  const images = listed.flatMap((one) => describe(one, details.get(one.id), projectId)).sort(byName);
  return { projectId, images };
}

/** None to what is another project's alone: an administrator's list has that, too. */
function accessTo(row: Answer, projectId: string): Access | undefined {
  if (textAt(row, "Project") === projectId) return "own";
  return (["shared", "public", "community"] as const).find((one) => one === textAt(row, "Visibility"));
}

/** By the images' ids. `image list` has neither the smallest disk nor the time, and an administrator's has what others share among them. */
async function detailsOf(openstack: OpenstackCommand, listed: readonly Listed[]): Promise<Map<string, Details>> {
  const details = new Map<string, Details>();
  if (listed.length === 0) return details;
  const { answers, failure } = await openstack.batch(
    listed.flatMap(({ id, access }) => [
      ["image", "show", id],
      ...(access === "shared" ? [["image", "member", "list", id]] : []),
    ]),
  );
  let last: Details | undefined;
  for (const answer of answers) {
    if (isAnswer(answer)) {
      last = { shown: answer };
      details.set(imageIdAt(answer, "id"), last);
    } else if (last && Array.isArray(answer)) {
      const accepted = answer.filter(isAnswer).filter((member) => member.Status === "accepted");
      last.acceptedBy = accepted.map((member) => member["Member ID"]);
    }
  }
  const lost = listed.find(({ id }) => !details.has(id) && !failure.includes(`No Image found for ${id}`));
  if (lost) throw new Error(`openstack image show ${lost.id} answers nothing: ${failure || "it does not say why"}`);
  return details;
}

/** Nothing where it has been deleted since, or is shared with others only. */
function describe({ row, id, access, hidden }: Listed, details: Details | undefined, projectId: string) {
  if (!details || (access === "shared" && details.acceptedBy?.includes(projectId) === false)) return [];
  const image: ProjectImage = {
    id,
    name: textAt(row, "Name") ?? null,
    access,
    visibility: textAt(row, "Visibility") ?? "",
    ownerProjectId: textAt(row, "Project") ?? "",
    hidden,
    diskFormat: textAt(row, "Disk Format") ?? null,
    sizeBytes: countAt(row, "Size") ?? null,
    minDiskGb: countAt(details.shown, "min_disk") ?? 0,
    createdAt: textAt(details.shown, "created_at") ?? "",
  };
  return [image];
}

/** Those of the same name from the newest to the oldest; those without one last. */
function byName(a: ProjectImage, b: ProjectImage): number {
  if ((a.name === null) !== (b.name === null)) return a.name === null ? 1 : -1;
  return compare(a.name ?? "", b.name ?? "") || compare(b.createdAt, a.createdAt) || compare(a.id, b.id);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
