import { declaredImage, markDeclared } from "./declared-image";
import type { IImage } from "./image-ref";

/** The same image by the id that another resource hands on, so that what uses it comes after that resource in Terraform's order. */
export class ImageVia implements IImage {
  constructor(
    private readonly image: IImage,
    private readonly resource: { readonly imageId: string },
  ) {
    const declared = declaredImage(image);
    if (declared) markDeclared(this, declared);
  }

  get imageId(): string {
    return this.resource.imageId;
  }

  get imageName(): string | undefined {
    return this.image.imageName;
  }

  get minDiskGb(): number | undefined {
    return this.image.minDiskGb;
  }

  get minRamMb(): number | undefined {
    return this.image.minRamMb;
  }

  get imageSizeBytes(): number | undefined {
    return this.image.imageSizeBytes;
  }

  get imageChecksum(): string | undefined {
    return this.image.imageChecksum;
  }

  get imageOwnerId(): string | undefined {
    return this.image.imageOwnerId;
  }

  get imageCreatedAt(): string | undefined {
    return this.image.imageCreatedAt;
  }

  get imageProperties(): { [key: string]: string } | undefined {
    return this.image.imageProperties;
  }
}
