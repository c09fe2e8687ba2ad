// Images that are held to images.lock.json. STEP is "adopt" before there is a lock, "more" with images of sources that have changed since.
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { BootSource, DigestPin, Flavor, Image, ImageSource, NetworkMode, Server } from "cdktf-openstack-images";

const { STEP = "adopt", URL_BASE = "http://127.0.0.1" } = process.env;

const app = new App();
const stack = new TerraformStack(app, "lock");
new LocalBackend(stack, { path: "../../../terraform.lock.tfstate" });
new OpenstackProvider(stack, "openstack", { cloud: "demo" });

const url = (name: string) => `${URL_BASE}/${name}.qcow2`;
const image = (id: string, source: ImageSource) => new Image(stack, id, { source, createTimeoutMinutes: 2 });

image("x-Adopted", ImageSource.fromUrl(url("adopted"), { digestPin: DigestPin.CHECK }));
if (STEP !== "adopt") {
  image("x-Upload", ImageSource.fromUrl(url("upload")));
  image("x-Web", ImageSource.fromWebDownload(url("web")));
  // a word that moves, which the lock binds
  image("x-Moving", ImageSource.fromUrl(`${URL_BASE}/latest/moving.qcow2`));
  const published = { checksumsUrl: `${URL_BASE}/SHA256SUMS.signed`, checksumsKeyring: "keys.gpg" };
  image("x-Signed", ImageSource.fromUrl(url("signed"), { moving: true, ...published }));
}
if (STEP === "more") {
  const forged = image("x-Forged-Upload", ImageSource.fromUrl(url("forged-upload")));
  image("x-Forged-Web", ImageSource.fromWebDownload(url("forged-web")));
  new Server(stack, "Server", {
    serverName: "x-lock",
    boot: BootSource.fromImage(forged),
    flavor: Flavor.fromFlavorName("m1.tiny"),
    networkMode: NetworkMode.NONE,
  });
}
app.synth();
