import { BootSource, Flavor, NetworkInterface, Server, type ServerProps } from "cdktf-openstack-images";
import type { Construct } from "constructs";
import { uuid } from "../samples";

export const [image, otherImage] = ["image 1", "image 2"].map((name) => ({ imageId: uuid(name) }));

export function newServer(scope: Construct, props: Partial<ServerProps>): void {
  const networks = props.networkMode ? undefined : [NetworkInterface.onNetwork(uuid("network 1"))];
  const given = { boot: BootSource.fromImage(image), flavor: Flavor.fromFlavorId("1"), networkInterfaces: networks };
  new Server(scope, "Web", { ...given, ...props });
}
