import { type Construct, TerraformResource } from "../framework";

/**
 * A `terraform_data` resource. cdktf's own `DataResource` runs `terraform version` at every synth to validate itself, so it needs
 * Terraform where only the app is synthesized.
 */
export class TerraformData extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly triggersReplace?: unknown,
  ) {
    super(scope, id, {
      terraformResourceType: "terraform_data",
      terraformGeneratorMetadata: { providerName: "terraform" },
    });
  }

  /** The bare address, the only form that `replace_triggered_by` takes. */
  get address(): string {
    return `terraform_data.${this.friendlyUniqueId}`;
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return this.triggersReplace === undefined ? {} : { triggers_replace: this.triggersReplace };
  }
}
