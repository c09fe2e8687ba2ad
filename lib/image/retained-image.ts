import { StackBlocks } from "../core/stack-blocks";
import { Construct, TerraformElement } from "../framework";

/**
 * Stands where an image was that Terraform forgets and the cloud keeps. Its constructs have the ids that the image's had, so that their
 * addresses are the same.
 */
export class RetainedImage extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new Forgotten(this, "Default", "openstack_images_image_v2");
  }

  /** Keeps a membership too, and its acceptance, if there were any: what is not in the state is not missed. */
  retainMember(id: string): void {
    const member = new Construct(this, id);
    new Forgotten(member, "Default", "openstack_images_image_access_v2");
    new Forgotten(new Construct(member, "Acceptance"), "Default", "openstack_images_image_access_accept_v2");
  }
}

class Forgotten extends TerraformElement {
  constructor(scope: Construct, id: string, type: string) {
    super(scope, id);
    StackBlocks.of(this).addRemoved(() => `${type}.${this.friendlyUniqueId}`);
  }
}
