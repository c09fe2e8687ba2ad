import type { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import type { TerraformStack } from "cdktf";
import { Image, ImageMember, ImageMemberAcceptance, ImageSource, ImageVisibility } from "cdktf-openstack-images";

const { EXISTING = "", WITH_MEMBER = "", DEMO = "", SECOND = "", ADMIN = "" } = process.env;

interface MembersOptions {
  readonly isLater: boolean;
  /** What the cloud refuses is asked for as well. */
  readonly isRefused: boolean;
  readonly folder: string;
  readonly demo: OpenstackProvider;
  readonly second: OpenstackProvider;
}

/** Shared images of the stack's project, with the second project as their member. */
export function members(stack: TerraformStack, { isLater, isRefused, folder, demo, second }: MembersOptions): void {
  const one = ImageSource.fromFile(`${folder}/one.raw`);
  const shared = (id: string, source = one) =>
    new Image(stack, id, { source, visibility: ImageVisibility.SHARED, region: "RegionOne" });
  const acceptance = { provider: second };

  shared("x-Pending").addMember("Member", { projectId: SECOND });
  shared("x-Accepted").addMember("Member", { projectId: SECOND, acceptance });
  shared("x-Rejected").addMember("Member", { projectId: SECOND, acceptance: isLater ? undefined : acceptance });
  const removed = shared("x-Removed");
  if (!isLater) removed.addMember("Member", { projectId: SECOND, acceptance });
  shared("x-Moved").addMember("Member", { projectId: isLater ? ADMIN : SECOND });
  const rebuilt = shared("x-Rebuilt", isLater ? ImageSource.fromFile(`${folder}/two.raw`) : one);
  rebuilt.addMember("Member", { projectId: SECOND, acceptance });
  const visibility = isLater ? ImageVisibility.PRIVATE : ImageVisibility.SHARED;
  const closed = new Image(stack, "x-Closed", { source: one, visibility });
  if (!isLater) closed.addMember("Member", { projectId: SECOND, acceptance });

  // an image that the app does not make
  const existing = Image.fromImageId(stack, "x-Existing", EXISTING);
  const member = new ImageMember(stack, "Standalone", { image: existing, projectId: SECOND });
  new ImageMemberAcceptance(stack, "StandaloneAcceptance", {
    image: existing,
    member,
    projectId: SECOND,
    provider: second,
    region: "RegionOne",
    dependsOn: [rebuilt],
  });

  if (!isRefused) return;
  shared("x-Own").addMember("Member", { projectId: DEMO });
  shared("x-ByOwner").addMember("Member", { projectId: SECOND, acceptance: { provider: demo } });
  const image = Image.fromImageId(stack, "x-Member", WITH_MEMBER);
  new ImageMember(stack, "MemberAlready", { image, projectId: SECOND });
}
