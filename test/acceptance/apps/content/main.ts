// Images by each way that bytes get to Glance, with digests that the environment gives.
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { Digest, DiskFormat, Image, ImageSource, ImageVisibility } from "cdktf-openstack-images";

const { URL_BASE = "http://127.0.0.1", DIGEST = "", ONLY, PROTECTED } = process.env;
const app = new App();
const stack = new TerraformStack(app, "content");
new LocalBackend(stack, { path: "../../../terraform.content.tfstate" });
new OpenstackProvider(stack, "openstack", { cloud: "demo" });

const digest = Digest.sha512(DIGEST);
const sources = {
  Upload: ImageSource.fromUrl(`${URL_BASE}/disk.qcow2`, { digest }),
  WebDownload: ImageSource.fromWebDownload(`${URL_BASE}/disk.qcow2`, { digest }),
};
for (const [id, source] of Object.entries(sources)) {
  if (ONLY && ONLY !== id) continue;
  new Image(stack, id, {
    imageName: `x-content-${id} \${literal} %{literal}`,
    source,
    diskFormat: DiskFormat.QCOW2,
    visibility: ImageVisibility.PRIVATE,
    protected: PROTECTED === "yes",
    properties: { note: 'a "quoted" ${HOME} %{if} \\ value' },
  });
}
app.synth();
