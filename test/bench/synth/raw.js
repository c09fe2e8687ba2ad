const { App, LocalBackend, TerraformResource, TerraformStack } = require("cdktf");
const { ComputeInstanceV2 } = require("@cdktf/provider-openstack/lib/compute-instance-v2");
const { ImagesImageAccessV2 } = require("@cdktf/provider-openstack/lib/images-image-access-v2");
const { ImagesImageV2 } = require("@cdktf/provider-openstack/lib/images-image-v2");
const { OpenstackProvider } = require("@cdktf/provider-openstack/lib/provider");
const { digestOf, FLAVOR, NETWORK_ID, PROJECT_ID, STACK, urlOf } = require("./values");

const OS_PROPERTIES = { os_admin_user: "ubuntu", os_distro: "ubuntu", os_type: "linux", os_version: "24.04" };
const OS_MAP = `{ ${Object.entries(OS_PROPERTIES)
  .map(([key, value]) => `"${key}" = "${value}"`)
  .join(", ")} }`;

/** cdktf's own class for it runs `terraform version` at every synth, once for each. */
class TerraformData extends TerraformResource {
  constructor(scope, id, triggersReplace) {
    super(scope, id, {
      terraformResourceType: "terraform_data",
      terraformGeneratorMetadata: { providerName: "terraform" },
    });
    this.triggersReplace = triggersReplace;
  }

  synthesizeAttributes() {
    return { triggers_replace: this.triggersReplace };
  }
}

/** The app without this library: by hand, with plain strings wherever they do, as nothing synthesizes faster. */
module.exports = (n, outdir) => {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, STACK);
  new OpenstackProvider(stack, "openstack", {});
  new LocalBackend(stack, { path: "terraform.tfstate" });
  const checks = {};
  for (let i = 0; i < n; i++) {
    const image = addImage(stack, i);
    checks[image.friendlyUniqueId] = { assert: imageChecks(addressOf(image)) };
    addMember(image);
    addServer(stack, i, image);
  }
  stack.addOverride("check", checks);
  app.synth();
};

function addressOf(resource) {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
}

function addImage(stack, i) {
  const digest = digestOf(i);
  const address = `openstack_images_image_v2.Image${i}`;
  const algorithm = 'try(self.properties["os_hash_algo"], "")';
  const stored = reported("self");
  return new ImagesImageV2(stack, `Image${i}`, {
    name: `ubuntu-${i}`,
    diskFormat: "qcow2",
    containerFormat: "bare",
    visibility: "shared",
    imageSourceUrl: `${urlOf(i)}#sha512=${digest}`,
    imageCachePath: ".terraform/image_cache",
    minDiskGb: 4,
    minRamMb: 512,
    properties: { architecture: "x86_64", ...OS_PROPERTIES },
    lifecycle: {
      createBeforeDestroy: true,
      postcondition: [
        {
          condition: `\${self.status != "active" || contains(["${digest}"], ${stored}) || (${stored} == "" && !contains(["sha512", ""], ${algorithm}))}`,
          errorMessage:
            `DigestMismatch: ${address} must hold sha512 ${digest}, but Glance holds ` +
            `\${try(format("%s %s", self.properties["os_hash_algo"], self.properties["os_hash_value"]), "no digest")}. If Glance ` +
            "holds the right bytes: declare the digest that it holds. If the source has the right ones now, in the stack's folder: " +
            `rm -r .terraform/image_cache && terraform apply -replace=${address}`,
        },
      ],
    },
  });
}

function addMember(image) {
  return new ImagesImageAccessV2(image, "Staging", {
    imageId: image.id,
    memberId: PROJECT_ID,
    lifecycle: {
      precondition: [
        {
          condition: `\${${addressOf(image)}.owner != "${PROJECT_ID}"}`,
          errorMessage: `MemberIsOwner: project ${PROJECT_ID} owns the image of ${image.node.path}/Staging and needs no membership; drop it.`,
        },
      ],
    },
  });
}

/** The SHA-512 that Glance reports, or `""`. */
function reported(subject) {
  const algorithm = `try(${subject}.properties["os_hash_algo"], "")`;
  return `try(contains(["sha512"], ${algorithm}) ? ${subject}.properties["os_hash_value"] : "", "")`;
}

function imageChecks(address) {
  const algorithm = `try(${address}.properties["os_hash_algo"], "")`;
  const wrong =
    `[for k, v in ${OS_MAP} : format("--property '%s=%s'", k, replace(v, "'", "'\\\\''")) ` +
    `if try(${address}.properties[k], "") != v]`;
  const surplus =
    `[for k in try(keys(${address}.properties), []) : format("--property '%s'", k) if startswith(k, "os_") && !(startswith(k, "os_hash_") || ` +
    `startswith(k, "os_glance") || k == "os_hidden") && !contains(keys(${OS_MAP}), k)]`;
  const whenActive = (condition) => `\${${address}.status != "active" || ${condition}}`;
  return [
    {
      condition: whenActive(`${reported(address)} != ""`),
      error_message:
        `DigestNotVerified: the bytes of ${address} were not compared with the sha512 digest declared, since Glance reports ` +
        `\${try(coalesce(${algorithm}), "none")}. Declare storedDigest in that algorithm.`,
    },
    {
      condition: whenActive(`length(${wrong}) == 0`),
      error_message:
        `OsPropertiesDiffer: ${address} has other os_* properties in Glance than declared, and provider 3.4.0 never sends them after ` +
        `create. Run: openstack image set \${join(" ", ${wrong})} \${${address}.id}`,
    },
    {
      condition: whenActive(`length(${surplus}) == 0`),
      error_message:
        `OsPropertiesDiffer: ${address} has os_* properties in Glance that are not declared, and provider 3.4.0 never removes them. ` +
        `Run: openstack image unset \${join(" ", ${surplus})} \${${address}.id}`,
    },
  ];
}

function addServer(stack, i, image) {
  const sizeGb = `ceil(${addressOf(image)}.size_bytes / 1073741824)`;
  const server = new ComputeInstanceV2(stack, `Server${i}`, {
    name: `Server${i}`,
    flavorName: FLAVOR.name,
    imageId: image.id,
    network: [{ uuid: NETWORK_ID }],
  });
  const trigger = new TerraformData(server, "ImageTrigger", image.id);
  server.lifecycle = {
    ignoreChanges: ["image_id"],
    replaceTriggeredBy: [addressOf(trigger)],
    precondition: [
      {
        condition: `\${${sizeGb} <= ${FLAVOR.diskGb}}`,
        errorMessage:
          `ImageDoesNotFit: the disk of flavor ${FLAVOR.name} must be at least the size of image ${STACK}/Image${i}, \${${sizeGb}} GiB, ` +
          `got ${FLAVOR.diskGb}, for ${STACK}/Server${i}; take a larger one.`,
      },
    ],
  };
}
