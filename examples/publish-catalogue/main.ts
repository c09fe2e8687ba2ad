import { DataOpenstackIdentityAuthScopeV3 } from "@cdktf/provider-openstack/lib/data-openstack-identity-auth-scope-v3";
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import {
  Architecture,
  Digest,
  DiskFormat,
  Image,
  ImageSource,
  ImageVisibility,
  OperatingSystem,
  OsPropertyChange,
} from "cdktf-openstack-images";
import type { Construct } from "constructs";

// A site without the Internet has the files on a mirror of its own, all in one folder. The lock knows them by the URLs that they have upstream.
const NOBLE = "https://cloud-images.ubuntu.com/noble/current/";
const BOOKWORM = "https://cloud.debian.org/images/cloud/bookworm/latest/";
const ROCKY = "https://download.rockylinux.org/pub/rocky/9/images/x86_64/";
const mirror = process.env.CATALOGUE_BASE_URL;
const openstackImageMirrors = mirror && { [NOBLE]: mirror, [BOOKWORM]: mirror, [ROCKY]: mirror };

/** This shows how images are published, not which: `npx openstack-images lock` binds each to the build of a day, and then this may go. */
const MOVING = { allowMoving: "an example" };

class Catalogue extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });

    // Names of clouds.yaml. The publisher is an administrator, since most clouds let nobody else make an image public.
    new OpenstackProvider(this, "Publisher", { cloud: "admin" });
    const demo = new OpenstackProvider(this, "Demo", { cloud: "demo", alias: "demo" });
    const second = new OpenstackProvider(this, "Second", { cloud: "second", alias: "second" });

    // Everybody finds this one in their lists. Whoever runs Terraform downloads and uploads it.
    new Image(this, "Ubuntu2404", {
      imageName: "ubuntu-24.04-x86_64",
      source: ImageSource.fromUrl(`${NOBLE}noble-server-cloudimg-amd64.img`, MOVING),
      diskFormat: DiskFormat.QCOW2,
      operatingSystem: OperatingSystem.linux({ distro: "ubuntu", version: "24.04", adminUser: "ubuntu" }),
      architecture: Architecture.X86_64,
      minDiskGb: 8,
      minRamMb: 512,
      visibility: ImageVisibility.PUBLIC,
    });

    // Everybody can boot this one, and finds it by asking for community images. Glance downloads it by itself.
    new Image(this, "Debian12", {
      imageName: "debian-12-x86_64",
      source: ImageSource.fromWebDownload(`${BOOKWORM}debian-12-genericcloud-amd64.qcow2`, MOVING),
      operatingSystem: OperatingSystem.linux({ distro: "debian", version: "12", adminUser: "debian" }),
      architecture: Architecture.X86_64,
      minDiskGb: 8,
      minRamMb: 512,
      visibility: ImageVisibility.COMMUNITY,
    });

    // Nobody but the publisher's project sees this one: it is being tried.
    new Image(this, "Rocky9", {
      imageName: "rocky-9-x86_64",
      source: ImageSource.fromUrl(`${ROCKY}Rocky-9-GenericCloud.latest.x86_64.qcow2`, MOVING),
      operatingSystem: OperatingSystem.linux({ distro: "rocky", version: "9", adminUser: "rocky" }),
      architecture: Architecture.X86_64,
      minDiskGb: 10,
      minRamMb: 512,
      visibility: ImageVisibility.PRIVATE,
    });

    // Licensed for two projects. The file comes out of a build and is on the machine that deploys, not on the one that synthesizes:
    // what the repository holds of it is its digest.
    const windows = new Image(this, "Windows2022", {
      imageName: "windows-server-2022-x86_64",
      source: ImageSource.fromFile("images/windows-server-2022.raw", {
        digest: Digest.sha512(
          "66aabc2280a9322fd4bfbcf60fd83ad50bfad820c83adedf2127bc674a73724f" +
            "37f8ee0792de85706aa7660e9804c77ef31df5a712fe5d14b36cebddf6b2e9e6",
        ),
      }),
      operatingSystem: OperatingSystem.windows({ version: "2022", adminUser: "Administrator" }),
      osPropertyChange: OsPropertyChange.REPLACE,
      architecture: Architecture.X86_64,
      visibility: ImageVisibility.SHARED,
    });
    windows.addMember("Demo", { projectId: projectOf(demo), acceptance: { provider: demo } });
    windows.addMember("Second", { projectId: projectOf(second), acceptance: { provider: second } });
  }
}

/** The project that a provider's credentials are for, read by Terraform. A literal id does as well. */
function projectOf(provider: OpenstackProvider): string {
  const scope = new DataOpenstackIdentityAuthScopeV3(provider, "Scope", { name: "current", provider });
  return scope.projectId;
}

const app = new App({ context: { openstackImageMirrors } });
new Catalogue(app, "publish-catalogue");
app.synth();
