import {
  ImageMember,
  ImageMemberAcceptance,
  type ImageMemberAcceptanceProps,
  type ImageMemberProps,
} from "cdktf-openstack-images";
import type { Construct } from "constructs";
import { otherProject, project, uuid } from "../samples";
import { changesOf, KEPT, notOffered, OnChange, reached, type Table } from "../table";

const { NOTHING, REPLACES } = OnChange;

const [image, otherImage] = ["shared 1", "shared 2"].map((name) => ({ imageId: uuid(name) }));
const [one, other, theirs, fourth] = ["project 1", "project 2", "project 3", "project 4"].map(project);

const member = changesOf<ImageMemberProps>("ImageMemberProps", (scope: Construct, props) => {
  new ImageMember(scope, "Staging", { image, projectId: theirs, ...props });
});

const acceptance = changesOf<ImageMemberAcceptanceProps>("ImageMemberAcceptanceProps", (scope: Construct, props) => {
  new ImageMemberAcceptance(scope, "Accepted", { image, projectId: theirs, provider: otherProject(scope), ...props });
});

export const MEMBER: Table = {
  type: "openstack_images_image_access_v2",
  madeBy: "`ImageMember`, `image.addMember`",
  rows: [
    reached(
      "image_id",
      member("image", [image, otherImage], REPLACES, {
        title: "one image, then another",
        values: [image.imageId, otherImage.imageId],
      }),
    ),
    reached("member_id", member("projectId", [one, other], REPLACES, { title: "one project, then another" })),
    reached(
      "region",
      member("region", ["RegionOne", "RegionTwo"], REPLACES),
      member("region", ["RegionOne", undefined], NOTHING, { ...KEPT, beside: { projectId: fourth } }),
    ),
    notOffered("status", "the member's to set, with its own credentials: `acceptance`, or `ImageMemberAcceptance`"),
  ],
};

export const ACCEPTANCE: Table = {
  type: "openstack_images_image_access_accept_v2",
  madeBy: "`ImageMemberAcceptance`, `image.addMember` with `acceptance`",
  rows: [
    reached(
      "image_id",
      acceptance("image", [image, otherImage], REPLACES, {
        title: "one image, then another",
        values: [image.imageId, otherImage.imageId],
      }),
    ),
    reached("member_id", acceptance("projectId", [one, other], REPLACES, { title: "one project, then another" })),
    reached(
      "region",
      acceptance("region", ["RegionOne", "RegionTwo"], REPLACES),
      acceptance("region", ["RegionOne", undefined], NOTHING, KEPT),
    ),
    notOffered("status", "always `accepted`; destroying the acceptance sets `rejected`"),
  ],
};
