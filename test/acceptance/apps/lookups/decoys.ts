// Images under the same name that differ in one thing alone; the construct's id ends with its value.
import type { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { TerraformOutput, type TerraformStack } from "cdktf";
import {
  ContainerFormat,
  DiskFormat,
  Image,
  ImageMemberAcceptance,
  ImageOwner,
  type ImageProps,
  ImageSource,
  ImageVisibility,
} from "cdktf-openstack-images";

export interface Projects {
  readonly demo: OpenstackProvider;
  readonly admin: OpenstackProvider;
  readonly second: OpenstackProvider;
  readonly demoId: string;
  readonly secondId: string;
}

export function decoys(stack: TerraformStack, folder: string, { demo, admin, second, demoId }: Projects): void {
  const small = ImageSource.fromFile(`${folder}/small.raw`);
  const large = ImageSource.fromFile(`${folder}/large.raw`);
  function image(id: string, props: Partial<ImageProps> = {}): Image {
    return new Image(stack, id, { imageName: `x-${id.replace(/-[^-]*$/, "")}`, source: small, ...props });
  }

  image("name-exact", { imageName: "x-name" });
  image("name-longer", { imageName: "x-name-longer" });
  image("tags-a", { tags: ["a"] });
  image("tags-b", { tags: ["b"] });
  image("tags-ab", { tags: ["a", "b"], imageName: "x-tags-both" });
  image("properties-a", { properties: { variant: "a", kept: "yes" } });
  image("properties-b", { properties: { variant: "b", kept: "yes" } });
  image("hidden-no", { hidden: false });
  image("hidden-yes", { hidden: true });
  image("disk-raw", { diskFormat: DiskFormat.RAW });
  image("disk-qcow2", { source: ImageSource.fromFile(`${folder}/disk.qcow2`), diskFormat: DiskFormat.QCOW2 });
  image("container-bare", { containerFormat: ContainerFormat.BARE });
  image("container-ovf", { containerFormat: ContainerFormat.OVF });
  image("size-small", { imageName: "x-size-small" });
  image("size-large", { imageName: "x-size-large", source: large });
  image("snapshot-yes", { properties: { image_type: "snapshot" } });

  // an older one is there already
  image("age-newest");

  const { PRIVATE, SHARED, COMMUNITY, PUBLIC } = ImageVisibility;
  for (const visibility of [PRIVATE, SHARED, COMMUNITY]) image(`visibility-${visibility}`, { visibility });
  image("visibility-public", { visibility: PUBLIC, provider: admin });

  // of two projects, in all that is theirs or shared with them
  for (const visibility of [COMMUNITY, SHARED]) {
    const imageName = `x-owner-${visibility}`;
    image(`owner-${visibility}-demo`, { imageName, visibility });
    accepted(image(`owner-${visibility}-second`, { imageName, visibility, provider: second }));
  }
  image("foreign-community", { visibility: COMMUNITY, provider: second });
  accepted(image("foreign-shared", { visibility: SHARED, provider: second }));
  image("foreign-private", { provider: second });

  // how far this project has come with what the other one shares
  for (const status of ["pending", "accepted", "rejected"]) {
    const shared = image(`status-${status}`, { visibility: SHARED, provider: second });
    if (status === "accepted") accepted(shared);
    else shared.addMember("Demo", { projectId: demoId });
  }

  function accepted(shared: Image): void {
    if (shared.visibility !== SHARED) return;
    const member = shared.addMember("Demo", { projectId: demoId });
    new ImageMemberAcceptance(stack, `${shared.node.id}-acceptance`, {
      image: shared,
      member,
      projectId: demoId,
      provider: demo,
    });
  }

  // one that the same deployment makes
  const made = image("made-now");
  const owner = ImageOwner.CURRENT_PROJECT;
  const found = Image.fromLookup(stack, "Made", { imageName: "x-made", owner, dependsOn: [made] });
  new TerraformOutput(stack, "made", { value: found.imageId });
}
