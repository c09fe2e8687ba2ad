import { TerraformOutput, Token, Tokenization } from "cdktf";
import { Image, ImageSource } from "cdktf-openstack-images";
import { hcl } from "../../lib/core/hcl";
import { newStack, synth, synthApp } from "../support/synth";

const source = ImageSource.fromUrl("https://images.example.org/base.qcow2");
const ADDRESS = "openstack_images_image_v2.Base";

test("an attribute is a reference in its stack, in text and in an expression too", () => {
  const { json } = synth((stack) => {
    const { imageId, imageSizeBytes } = new Image(stack, "Base", { source });
    const values = {
      id: imageId,
      text: `a-${imageId}`,
      size: imageSizeBytes,
      expression: hcl`${imageId} == ${imageSizeBytes}`,
    };
    for (const [name, value] of Object.entries(values)) new TerraformOutput(stack, name, { value });
  });
  expect(json.output).toStrictEqual({
    id: { value: `\${${ADDRESS}.id}` },
    text: { value: `a-\${${ADDRESS}.id}` },
    size: { value: `\${${ADDRESS}.size_bytes}` },
    expression: { value: `\${${ADDRESS}.id == ${ADDRESS}.size_bytes}` },
  });
});

test("an attribute follows a logical id that is given later", () => {
  const { json } = synth((stack) => {
    const image = new Image(stack, "Base", { source });
    new TerraformOutput(stack, "id", { value: image.imageId });
    image.resource.overrideLogicalId("renamed");
  });
  expect(json.output.id.value).toBe("${openstack_images_image_v2.renamed.id}");
});

test("an attribute is handed over by the state in another stack, by one output however often it is read", () => {
  const { images, servers } = synthApp((app) => {
    const image = new Image(newStack(app, "images"), "Base", { source });
    const stack = newStack(app, "servers");
    new TerraformOutput(stack, "one", { value: image.imageId });
    new TerraformOutput(stack, "two", { value: hcl`upper(${image.imageId})` });
  });
  const name = "cross-stack-output-openstack_images_image_v2Baseid";
  const handed = `data.terraform_remote_state.cross-stack-reference-input-images.outputs.${name}`;
  expect(images.json.output).toStrictEqual({ [name]: { value: `\${${ADDRESS}.id}`, sensitive: true } });
  expect(servers.json.output).toStrictEqual({
    one: { value: `\${${handed}}` },
    two: { value: `\${upper(${handed})}` },
  });
});

test("an attribute has no value in JSON before it is rendered", () => {
  synth((stack) => {
    const { imageId } = new Image(stack, "Base", { source });
    const [token] = Tokenization.reverse(imageId);
    expect(JSON.stringify(token)).toBe('"<attribute>"');
    expect(Token.isUnresolved(`${token}`)).toBe(true);
  });
});
